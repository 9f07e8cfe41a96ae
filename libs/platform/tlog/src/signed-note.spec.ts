import * as fc from 'fast-check';
import { checkpointText, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint';
import { EMPTY_ROOT, leafHash } from './merkle-tree';
import { fromBase64, newSigner, NotANote, openNote, parseSkey, parseVkey, signNote } from './signed-note';

const log = newSigner('audit.umbria', Buffer.alloc(32, 7));
const stranger = newSigner('audit.umbria', Buffer.alloc(32, 8));
const witness = newSigner('witness.example', Buffer.alloc(32, 9));
const checkpoint = { origin: 'audit.umbria', size: 42, root: leafHash(Buffer.from('root')) };
const note = signCheckpoint(checkpoint, log);

describe('a signed note', () => {
  // The example of the documentation of Go's package golang.org/x/mod/sumdb/note, from which the format comes.
  const skey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const signed = `${text}\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

  it('is the one that other implementations make and read', () => {
    expect(parseSkey(skey).vkey).toBe(vkey);
    expect(signNote(text, parseSkey(skey))).toBe(signed);
    expect(openNote(signed, [parseVkey(vkey)]).text).toBe(text);
  });

  it('is opened only by a key that signed it', () => {
    expect(() => openNote(note, [])).toThrow('nobody known signed it');
    expect(() => openNote(note, [witness])).toThrow('nobody known signed it');
    expect(() => openNote(note, [stranger])).toThrow('nobody known signed it'); // same name, another key
    expect(openNote(note, [witness, log]).signedBy).toEqual([log]);
  });

  it('ignores the lines of unknown keys', () => {
    const two = signNote(checkpointText(checkpoint), witness, log, stranger);
    expect(openNote(two, [log])).toMatchObject({ signedBy: [{ vkey: log.vkey }], unknown: 2 });
  });

  it('is rejected as a whole when one known signature is false, although another holds', () => {
    const lines = signNote(checkpointText(checkpoint), log, witness);
    const forged = lines.replace(/(witness\.example )(\S+)/, (_, name: string, base64: string) => {
      const bytes = Buffer.from(base64, 'base64');
      bytes[20] = (bytes[20] ?? 0) ^ 1;
      return name + bytes.toString('base64');
    });
    expect(() => openNote(forged, [log, witness])).toThrow('the signature of witness.example is false');
    expect(openNote(forged, [log]).unknown).toBe(1);
  });

  it('does not survive any flipped bit with another statement', () => {
    const bytes = Buffer.from(note);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const copy = Buffer.from(bytes);
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openNote(copy.toString('utf8'), [log])).toThrow(NotANote);
    }
  });

  it.each([
    ['no blank line', 'a\n\u2014 x AAAAAAA=\n'],
    ['no signature', 'a\n\n'],
    ['no last newline', note.slice(0, -1)],
    ['a control character', note.replace('42', '42\r')],
    ['a tab', note.replace('42', '42\t')],
    ['a hyphen for the dash', note.replace('\u2014', '-')],
    ['two spaces', note.replace('\u2014 ', '\u2014  ')],
    ['a signature without key id', 'a\n\n\u2014 x AAAA\n'],
    ['another spelling of base64', note.replace(/=?=\n$/, '\n')],
    ['a hundred and one lines', note + note.slice(note.indexOf('\u2014')).repeat(100)],
  ])('is not read from %s', (_what, text) => {
    expect(() => openNote(text, [log])).toThrow(NotANote);
  });

  it('is not made of text that could be read otherwise', () => {
    for (const bad of ['', 'no newline', 'tab\t\n', 'null\0\n', '\ud800\n']) expect(() => signNote(bad, log)).toThrow(NotANote);
  });

  it('is signed and opened for any text and number of keys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 3 }), (words, signers) => {
        const text = `${words.replace(/[\u0000-\u001f]/g, '')}\n`;
        const keys = [log, witness, stranger].slice(0, signers);
        const opened = openNote(signNote(text, ...keys), keys);
        expect(opened.text).toBe(text);
        expect(opened.signedBy).toHaveLength(signers);
      }),
      { seed: 42, numRuns: 100 },
    );
  });
});

describe('a note key', () => {
  it('is refused when its id is not the one of its name and key', () => {
    expect(parseVkey(log.vkey).id).toBe(log.id);
    expect(() => parseVkey(log.vkey.replace(log.id, stranger.id))).toThrow('the key id does not belong to this key');
    expect(() => parseVkey(log.vkey.replace('umbria', 'toscana'))).toThrow('the key id does not belong to this key');
    expect(() => parseSkey(log.skey.replace(log.id, stranger.id))).toThrow('the key id does not belong to this key');
  });

  it.each([
    ['nothing', ''],
    ['no parts', 'audit.umbria'],
    ['a short key', 'a+00000000+AQ=='],
    ['another algorithm', log.vkey.replace(/\+A[A-Za-z0-9]/, '+BA')],
    ['an id in capitals', log.vkey.replace(log.id, log.id.toUpperCase())],
    ['a name with a space', log.vkey.replace('audit', 'au dit')],
    ['a line end', `${log.vkey}\n`],
    ['the secret', log.skey],
  ])('is not read from %s', (_what, text) => {
    expect(() => parseVkey(text)).toThrow(NotANote);
  });

  it('is new each time, unless it is made again from its seed', () => {
    expect(newSigner('a').vkey).not.toBe(newSigner('a').vkey);
    expect(parseSkey(log.skey).sign('x')).toEqual(log.sign('x'));
    expect(() => newSigner('with space')).toThrow(NotANote);
    expect(() => newSigner('a', Buffer.alloc(31))).toThrow(NotANote);
  });
});

describe('a checkpoint', () => {
  it('says name, size and root, signed by the log', () => {
    expect(openCheckpoint(note, parseVkey(log.vkey))).toEqual({ ...checkpoint, unknown: 0 });
  });

  it('is refused when another log signed it or speaks in it', () => {
    expect(() => signCheckpoint({ ...checkpoint, origin: 'audit.toscana' }, log)).toThrow('another log');
    const foreign = signNote(checkpointText({ ...checkpoint, origin: 'audit.toscana' }), log);
    expect(() => openCheckpoint(foreign, log)).toThrow('another log');
    expect(() => openCheckpoint(signNote(checkpointText(checkpoint), witness), log)).toThrow(NotANote);
  });

  it('may have more lines, which are ignored', () => {
    expect(parseCheckpoint(`${checkpointText(checkpoint)}more\n`)).toEqual(checkpoint);
  });

  it.each([
    ['a size with a leading zero', checkpointText(checkpoint).replace('42', '042')],
    ['a negative size', checkpointText(checkpoint).replace('42', '-1')],
    ['a size beyond what can be counted', checkpointText(checkpoint).replace('42', '9007199254740992')],
    ['a size in another notation', checkpointText(checkpoint).replace('42', '4e1')],
    ['a short root', `audit.umbria\n42\n${Buffer.alloc(31).toString('base64')}\n`],
    ['no origin', `\n42\n${EMPTY_ROOT.toString('base64')}\n`],
    ['two lines', 'audit.umbria\n42\n'],
    ['an empty line', `${checkpointText(checkpoint)}\n`],
  ])('is not read from %s', (_what, text) => {
    expect(() => parseCheckpoint(text)).toThrow(NotANote);
  });

  it('knows one spelling of base64 only', () => {
    expect(fromBase64('AA==')).toEqual(Buffer.of(0));
    for (const other of ['AB==', 'AA=', 'AA', 'A A=', 'AA==\n', '-_==']) expect(() => fromBase64(other)).toThrow(NotANote);
  });
});
