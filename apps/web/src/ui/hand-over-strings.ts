import { defineStrings } from '../text/strings';

export const handOverStrings = defineStrings('handOver', {
  it: {
    linkFor: 'Collegamento per {{name}}',
    link: 'Da consegnare alla persona',
    linkHint: 'Vale una volta, fino al {{date}}. Si vede solo ora. Consegnalo a mano o per una via di cui ti fidi.',
    copy: 'Copia',
    copied: 'Copiato.',
  },
  en: {
    linkFor: 'Link for {{name}}',
    link: 'To be handed to the person',
    linkHint: 'It works once, until {{date}}. It is shown only now. Hand it over, or send it by a way you trust.',
    copy: 'Copy',
    copied: 'Copied.',
  },
});
