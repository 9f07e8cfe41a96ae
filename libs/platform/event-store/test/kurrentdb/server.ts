import { randomUUID } from 'node:crypto';
import * as grpc from '@grpc/grpc-js';
import { GossipService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb';
import { ClusterInfo, EndPoint, MemberInfo } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb';
import { ServerFeaturesService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb';
import { StreamsService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb';
import { append, type AppendFault, batchAppend } from './appends';
import { KurrentDatabase } from './database';
import { accessDenied, noLeader, notLeader, tooBusy, unauthenticated, uuid } from './protocol';
import { isSubscription, read, type ReadCall, readsAll, subscribe, type Walk } from './reads';

export interface NodeOptions {
  /** PEM of this node. Without it the node speaks in clear and, like the real one with `--insecure`, lets everybody do everything. */
  readonly tls?: { readonly key: Buffer; readonly certificate: Buffer };
  /** Name → password. Only `admin` may read `$all`: "By default, access to system streams is limited to members of the $admins group". */
  readonly users?: Readonly<Record<string, string>>;
}

/** What a spec lets go wrong. */
export interface Faults {
  append?: ((stream: string) => AppendFault | undefined) | undefined;
  /** `silent`: the call is taken and never answered. */
  read?: ((readsAll: boolean, subscribes: boolean) => 'busy' | 'silent' | undefined) | undefined;
  /** Milliseconds before each answer. */
  delay?: number;
  walk?: Walk;
}

/**
 * A KurrentDB cluster for specs: nodes over gRPC on the service definitions the official client ships, one shared log, one leader.
 * It proves our adapter against the wire protocol and against the behaviours quoted where they are modelled, not the server itself:
 * the same contract runs against a real server where KURRENTDB_URL is set. It changes only with a behaviour quoted from the client's or
 * the server's documentation or source, never to fit the adapter. What the adapter does not use is not here and answers UNIMPLEMENTED.
 */
export class KurrentCluster {
  readonly nodes: KurrentNode[] = [];
  leader: KurrentNode | undefined;

  private constructor(readonly database: KurrentDatabase) {}

  static async start(size = 1, options: NodeOptions = {}, database = new KurrentDatabase()): Promise<KurrentCluster> {
    const cluster = new KurrentCluster(database);
    for (let n = 0; n < size; n++) cluster.nodes.push(await KurrentNode.start(cluster, options));
    cluster.leader = cluster.nodes[0];
    return cluster;
  }

  /** A connection string for all nodes. */
  url(parameters = 'tls=false', credentials = ''): string {
    return `kurrentdb://${credentials}${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?${parameters}`;
  }

  stop(): void {
    for (const node of this.nodes) node.stop();
  }
}

export class KurrentNode {
  readonly faults: Faults = {};
  /** Records that reads have looked at, asked for or not. */
  looked = 0;
  readonly #id = randomUUID();
  #server: grpc.Server | undefined;
  #port = 0;

  private constructor(
    private readonly cluster: KurrentCluster,
    private readonly options: NodeOptions,
  ) {}

  static async start(cluster: KurrentCluster, options: NodeOptions): Promise<KurrentNode> {
    const node = new KurrentNode(cluster, options);
    await node.listen();
    return node;
  }

  get port(): number {
    return this.#port;
  }

  /** Starts again on the same port, e.g. after `stop`. */
  async listen(): Promise<void> {
    const server = new grpc.Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
    server.addService(StreamsService, {
      read: (call: ReadCall) => this.#read(call),
      append: (call: Parameters<typeof append>[1], answer: Parameters<typeof append>[2]) =>
        append(this.#appending(call.metadata), call, answer),
      batchAppend: (call: Parameters<typeof batchAppend>[1]) => batchAppend(this.#appending(call.metadata), call),
    });
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: grpc.sendUnaryData<SupportedMethods>) => answer(null, features()),
    });
    server.addService(GossipService, {
      read: (_: unknown, answer: grpc.sendUnaryData<ClusterInfo>) => answer(null, this.#gossip()),
    });
    this.#port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.#port}`, this.#credentials(), (error, port) => (error ? reject(error) : resolve(port))),
    );
    this.#server = server;
  }

  /** Every connection and call ends at once, as when the process is killed. */
  stop(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  get up(): boolean {
    return this.#server !== undefined;
  }

  #credentials(): grpc.ServerCredentials {
    const { tls } = this.options;
    if (!tls) return grpc.ServerCredentials.createInsecure();
    return grpc.ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }]);
  }

  #appending(metadata: grpc.Metadata): Parameters<typeof append>[0] {
    return {
      database: this.cluster.database,
      fault: (stream) => this.faults.append?.(stream),
      later: (answer) => this.#later(answer),
      refusal: () => this.#stranger(metadata) ?? this.#misdirected(metadata),
    };
  }

  #read(call: ReadCall): void {
    const refusal = this.#stranger(call.metadata, readsAll(call)) ?? this.#misdirected(call.metadata);
    const fault = this.faults.read?.(readsAll(call), isSubscription(call));
    if (refusal ?? fault === 'busy') return void call.emit('error', refusal ?? tooBusy());
    if (fault === 'silent') return;
    this.#later(() => {
      const { database } = this.cluster;
      if (isSubscription(call)) subscribe(database, call);
      else void read(database, call, this.faults.walk).then((looked) => (this.looked += looked));
    });
  }

  #later(answer: () => void): void {
    if (this.faults.delay) setTimeout(answer, this.faults.delay);
    else answer();
  }

  /** Only what asks for the leader is refused by a follower; everything else it serves or forwards. */
  #misdirected(metadata: grpc.Metadata): grpc.ServiceError | undefined {
    if (metadata.get('requires-leader')[0] !== 'true' || this.cluster.leader === this) return undefined;
    return this.cluster.leader ? notLeader('127.0.0.1', this.cluster.leader.port) : noLeader();
  }

  #stranger(metadata: grpc.Metadata, all = false): grpc.ServiceError | undefined {
    const { users } = this.options;
    if (!users) return undefined;
    const [, basic = ''] = /^Basic (.+)$/.exec(String(metadata.get('authorization')[0] ?? '')) ?? [];
    const [name = '', password] = Buffer.from(basic, 'base64').toString().split(':');
    if (basic === '') return accessDenied();
    if (users[name] !== password) return unauthenticated();
    return all && name !== 'admin' ? accessDenied() : undefined;
  }

  #gossip(): ClusterInfo {
    const { leader, nodes } = this.cluster;
    const states = MemberInfo.VNodeState;
    return new ClusterInfo().setMembersList(
      nodes.map((node) =>
        new MemberInfo()
          .setInstanceId(uuid(node.#id))
          .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
          .setState(node === leader ? states.LEADER : states.FOLLOWER)
          .setIsAlive(node.up)
          .setHttpEndPoint(new EndPoint().setAddress('127.0.0.1').setPort(node.port)),
      ),
    );
  }
}

/** The client appends in batches where the server names that method. */
function features(): SupportedMethods {
  const service = 'event_store.client.streams.streams';
  const methods = ['read', 'append', 'batchappend'].map((name) => new SupportedMethod().setServiceName(service).setMethodName(name));
  return new SupportedMethods().setEventStoreServerVersion('24.10.0').setMethodsList(methods);
}
