// What `--help` teaches beyond the list of options.

export const overview = `
Examples:
  $ hewn generate              write x.codec.ts beside each source that has wire types
  $ hewn generate --check      in CI: fail when a committed codec is out of date
  $ hewn generate --watch      keep the codecs right while you edit
  $ hewn check -p app          only say whether every wire type can cross a network
  $ hewn fix                   mend what can be mended mechanically, after showing it
  $ hewn lock                  write wire.lock, so that fields can be reordered and added freely
  $ hewn graph                 which actors call which, and where asks go in a circle
  $ hewn explain HEWN1001      the rule behind a diagnostic, and what to write instead
  $ hewn decode 93a3616263     what is in a message; with --type Order as a value of that type
  $ hewn keygen -o my.secret   a secret that the nodes of a cluster know each other by
  $ hewn node app.js --name a  run a node of a cluster; with --seeds host:port it joins others
  $ hewn members --watch       who is in the cluster, and what becomes of them
  $ hewn why b                 why a member is suspected, frozen or dead: who found it, when, and how
  $ hewn tree --watch          the supervisors of all nodes, their children, and why they were restarted

A wire type is an exported interface, type alias or enum under a comment with @wire:
  /** @wire */
  export interface Reading { readonly sensor: string; readonly celsius: f32 }
Under /** @wire copy */ it may be mutable: its values are copied wherever they go. Under /** @wire binary */ and
/** @wire json */ its codec has the functions of that format only.

Exit codes:
  0  everything is as it should be
  1  the project has errors, or something in it is out of date; no node answers, or it refuses
  2  wrong usage or configuration (no tsconfig, a file that cannot be read or written)
  3  a defect in hewn itself

Environment:
  NO_COLOR=1    no colours, like --no-color    FORCE_COLOR=1  colours even without a terminal
  HEWN_DEBUG=1  show the stack of an internal error`;

export const generateHelp = `
Reads the nearest tsconfig.json (or --project), and every project that it references. Needs no TypeScript
in the project, and works beside any version of it. Writes a codec only when its text changes, removes a
codec whose wire types are gone, and never touches a file that it did not generate.

Examples:
  $ hewn generate
  $ hewn generate -p packages/app/tsconfig.json
  $ hewn generate --check --json | jq '.files[] | select(.status != "unchanged")'

Exit codes: 0 done or up to date, 1 errors in wire types or (--check) out of date, 2 usage or configuration.
A watch ends by Ctrl-C, with 0.`;

export const checkHelp = `
Examples:
  $ hewn check
  $ hewn check --json | jq -r '.diagnostics[] | "\\(.file):\\(.line) \\(.message)"'

Exit codes: 0 no errors, 1 errors in wire types, 2 usage or configuration.`;

export const fixHelp = `
Mends what takes no decision: readonly on properties, arrays, tuples, maps, sets and records; Immutable<> of
@hewn/runtime around types of packages; export before types that must be named; tags in the wrong place or
given twice. Shows the difference and asks; without a terminal it writes only with --yes. Never edits
declaration files, packages, generated codecs, or files that tsconfig.json does not include.

Examples:
  $ hewn fix
  $ hewn fix src/order.ts --yes
  $ hewn fix --dry-run > mend.patch

Exit codes: 0 nothing is left to mend, 1 fixes were not written or errors are left, 2 usage or configuration.`;

export const lockHelp = `
wire.lock numbers the fields and variants of each wire type. With it, reordering and inserting in the
source changes nothing on the wire, a removed field's number is never used again, and the nodes of a rolling
deployment know which versions understand each other. Commit it, and review its changes.

Each change is classified: "safe" in both directions; "readers first" when every reader must be deployed
before the first writer; "breaking" when old and new cannot talk. A breaking change needs --force.

Examples:
  $ hewn lock                  create or update wire.lock and the codecs
  $ hewn lock --check          in CI: fail when wire.lock is out of date

Exit codes: 0 done or up to date, 1 out of date (--check), breaking without --force, or errors in wire types,
2 usage or configuration.`;

export const graphHelp = `
A call counts for the actor in whose class it stands, in a class that this extends, or in a function of the project
that it calls; any other counts for its file. Which instance is called is not known: a circle of classes is one that
may be closed by instances. Such asks wait for each other until their deadline; at run time a circle that closes within
a process fails at once. Actors tagged @reentrant take messages while they wait, and are in no circle.

Examples:
  $ hewn graph
  $ hewn graph --dot | dot -Tsvg > actors.svg
  $ hewn graph --json | jq -r '.circles[] | map(.from) | join(" -> ")'

Exit codes: 0 no circle of asks, 1 at least one, 2 usage or configuration.`;

export const explainHelp = `
Prints the rule, the message, the fix, and an example with its corrected form.

Examples:
  $ hewn explain HEWN1001
  $ hewn explain mutable-array
  $ hewn explain               list every code`;

export const decodeHelp = `
Without --type it shows what MessagePack the bytes are, and needs no project. With --type it prints the value
as JSON, exactly as the codec's stringify function does, or says what is wrong, where, and shows what it
understood up to there. It reads by the types' declarations and runs no code of the project.

The input: an argument that is the name of a file is that file, any other is text. Files and stdin that are
no text are MessagePack itself. Text is a dump (xxd, hexdump -C), a printed Buffer or Uint8Array, hex with any
separators, or base64, in this order. --hex and --base64 say which; an argument is then never a file, unless
--file says so.

Examples:
  $ hewn decode --type Order 93 a1 61 cc ff c0
  $ hewn decode -t Order -a capture.bin --offset 0x40
  $ kubectl logs shop | grep -o 'refused: .*' | cut -c10- | hewn decode -t src/orders.ts#Order
  $ hewn decode --guess --json < message.bin | jq .messages[0].value

Exit codes: 0 decoded whole, 1 it is not what it should be (with what was understood), 2 usage: no such type or
file, text that spells no bytes, no tsconfig.`;

export const keygenHelp = `
Nodes that share a secret talk to each other through TLS 1.3, and to nobody else. It has 256 random bits, in 43
characters. Give it to each of them: the option "secret" or "secretFile", or in the environment HEWN_SECRET or
HEWN_SECRET_FILE. To change it without a halt, give two, the one to dial with first, and restart one node after
the other: old,new everywhere; then new,old; then new.

Examples:
  $ hewn keygen --out cluster.secret
  $ HEWN_SECRET_FILE=cluster.secret node server.js

Exit codes: 0 done, 2 the file is there already or cannot be written.`;

export const nodeHelp = `
Prints a line when it takes connections, and then what becomes of the others. Ctrl-C or SIGTERM: it says goodbye
and ends; a second time: it ends at once.

The application may export
  start(cluster, { args, signal })   called when the node is there. What it returns is called when the node is to
                                     leave, if it is a function; signal is aborted then
  types                              the codecs of the messages that it sends and takes
and may be left out. TypeScript runs as it is where Node strips types by itself: 22.18 or newer.

Two terminals:
  $ hewn node --bind 127.0.0.1:9100 --name a
  $ hewn node --bind 127.0.0.1:9101 --name b --seeds 127.0.0.1:9100
A third one:
  $ hewn members

On other machines than one all nodes need a secret (hewn keygen) or certificates:
  $ hewn node app.js --bind 0.0.0.0:9100 --advertise 10.0.0.7:9100 --seeds 10.0.0.5:9100,10.0.0.6:9100 --secret-file s

Environment, where no option says otherwise: HEWN_BIND, HEWN_ADVERTISE, HEWN_SEEDS, HEWN_NAME, HEWN_SECRET,
HEWN_SECRET_FILE.

Exit codes: 0 it has left, 1 the application failed or the node could not leave in time, 2 usage or configuration,
also where the address cannot be had; 130 ended at once.`;

const whichNode = `
Which node is asked: the one at --at, over the network; else one of yours on this machine, through a socket that
only you can reach. With several of them --node says which.`;

export const membersHelp = `
The statuses: alive; stalled (its process lives, its event loop does not turn); suspect (somebody does not reach
it); unreachable (nobody does); frozen (the same, and its machine takes connections that nobody answers); removed
(by the policy), dead (proven) and left (it said goodbye), which are final for that start of it.
INC is the incarnation, which a member raises to refute what is said of it; RTT the round trip of probes, LAG how late
its loop is. * marks the node that was asked.
${whichNode}

Examples:
  $ hewn members
  $ hewn members --watch
  $ hewn members --at 10.0.0.5:9100 --secret-file cluster.secret
  $ hewn members --json | jq -r '.members[] | select(.status != "alive") | .name'

Exit codes: 0 done, also how a watch ends by Ctrl-C; 1 no node answers; 2 usage.`;

export const whyHelp = `
Prints what was said of a member, the oldest first: when, who found it, on what evidence, and who told the node that
is asked.
${whichNode}

Examples:
  $ hewn why b
  $ hewn why 127.0.0.1:9101 --node a
  $ hewn why 3fa9c0de           a start of it, by the first digits of its instance

Exit codes: 0 done, 1 no node answers, or nobody is called so, 2 usage.`;

export const treeHelp = `
Prints the supervisors of all members with their children: where each runs, how often it was started (GEN), and why it
was last started again: its own end, or that of a sibling, which is then named. The node that is asked asks the others;
who does not answer within two seconds stands in the table as such.
${whichNode}

Examples:
  $ hewn tree
  $ hewn tree --watch
  $ hewn tree --json | jq '.nodes[].supervisors[].children[] | select(.restarts > 0)'

Exit codes: 0 done, also how a watch ends by Ctrl-C; 1 no node answers; 2 usage.`;

export const joinHelp = `
Waits until somebody who was not there is a member, or up to ten seconds; the node goes on dialling.
${whichNode}

Examples:
  $ hewn join 127.0.0.1:9100
  $ hewn join dns://nodes.example:9100 --node b

Exit codes: 0 somebody is there, 1 nobody is, or no node answers, 2 usage, also several nodes and none named.`;

export const drainHelp = `
The node takes no new actors of others, and its supervised children are started on other nodes, as far as their
placements let them; what waits for them is handled first. It says when it is empty, and stays in the cluster until
it leaves. There is no way back but to start it again.
${whichNode}

Examples:
  $ hewn drain b && hewn leave --node b
  $ hewn drain --at 10.0.0.5:9100 --secret-file cluster.secret

Exit codes: 0 it is empty, 1 a child did not end in its time, no node answers, or it refuses, 2 usage, also several
nodes and none named.`;

export const leaveHelp = `
The node hands its supervised children over, says goodbye to all, so that nobody suspects it, and ends; an application
that runs a node itself goes on without it.
${whichNode}

Examples:
  $ hewn leave --node b
  $ hewn leave --at 10.0.0.5:9100 --secret-file cluster.secret

Exit codes: 0 it has left, 1 no node answers, or it refuses, 2 usage, also several nodes and none named.`;
