// A push service by somebody else (npm `web-push-testing`), on loopback alone: its own server listens everywhere.
import { createRequire } from "node:module";

const require = createRequire(`${process.env.TESSELLE_REAL_PEERS}/package.json`);
const { PushApiModel } = require("web-push-testing/src/PushApiModel.js");
const Server = require("web-push-testing/src/server.js");

const port = Number(process.env.TESSELLE_REAL_PUSH_PORT);
const model = new PushApiModel();
const server = new Server(model, port);
model.notifyUrl = `http://127.0.0.1:${port}/notify/`;
server.setRequestHandlers();
server._app.listen(port, "127.0.0.1");
