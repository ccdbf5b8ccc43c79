// A provider of OpenID Connect for tests: whoever gives a name is signed in by that name. It keeps all in memory.
import Provider from 'oidc-provider';

const [port, hub] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'hub',
      client_secret: 'a-secret-of-the-tests',
      redirect_uris: [`${hub}/auth/ejemplo/callback`],
      post_logout_redirect_uris: [`${hub}/`],
      backchannel_logout_uri: `${hub}/auth/ejemplo/back-channel-logout`,
      backchannel_logout_session_required: true,
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@correo.example`, email_verified: !id.startsWith('unverified') }),
  }),
  // It refuses to call addresses of this machine; this is how it is told that they are meant.
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
