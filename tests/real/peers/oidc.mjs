// A certified OpenID Connect provider on the loopback interface, with the people that the tests need.
// Run by servers/oidc.py with the folder of the npm packages, the port, and the client in the environment.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const resolve = createRequire(join(process.env.TESSELLE_REAL_PEERS, 'package.json')).resolve;
const { Provider } = await import(pathToFileURL(resolve('oidc-provider')));

const port = Number(process.env.TESSELLE_REAL_OIDC_PORT);
const issuer = `http://127.0.0.1:${port}`;

// Whoever types `noa+unverified` signs in as noa@example.org, whose address nobody has verified.
const people = (id) => {
  const [name, mark] = id.split('+');
  return {
    accountId: id,
    claims: () => ({ sub: id, name: name[0].toUpperCase() + name.slice(1), email: `${name}@example.org`, email_verified: mark !== 'unverified' }),
  };
};

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'tesselle',
    client_secret: process.env.TESSELLE_REAL_OIDC_SECRET,
    redirect_uris: [process.env.TESSELLE_REAL_OIDC_CALLBACK],
    token_endpoint_auth_method: 'client_secret_post',
  }],
  pkce: { required: () => true },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['only for tests'] },
  findAccount: (_, id) => people(id),
});

const server = provider.listen(port, '127.0.0.1');
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.close(() => process.exit(0)));
