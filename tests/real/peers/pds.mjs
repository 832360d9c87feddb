// A PDS and the PLC directory it needs, both empty, in memory and temporary folders, on the loopback interface only.
// Run by servers/pds.py with the folder of the npm packages and the two ports in the environment.
import net from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// The servers would listen on every interface: dev-env offers no host to choose.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...given) {
  if (typeof given[0] === 'object' && given[0] !== null && given[0].port !== undefined) {
    return listen.call(this, { host: '127.0.0.1', ...given[0] }, ...given.slice(1));
  }
  if (/^\d+$/.test(String(given[0])) && typeof given[1] !== 'string') {
    return listen.call(this, given[0], '127.0.0.1', ...given.slice(1));
  }
  return listen.apply(this, given);
};

const resolve = createRequire(join(process.env.TESSELLE_REAL_PEERS, 'package.json')).resolve;
const { TestNetworkNoAppView, mockMailer } = await import(pathToFileURL(resolve('@atproto/dev-env')));

const network = await TestNetworkNoAppView.create({
  pds: { port: Number(process.env.TESSELLE_REAL_PDS_PORT), hostname: 'localhost' },
  plc: { port: Number(process.env.TESSELLE_REAL_PLC_PORT) },
});
mockMailer(network.pds);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    await network.close();
    process.exit(0);
  });
}
