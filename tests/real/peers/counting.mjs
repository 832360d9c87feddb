// How X and Bluesky count, by their own libraries: twitter-text and @atproto/api. Reads {"x": [...], "bluesky": [...]} and
// answers with the numbers of each text. Run by test_counting.py with the folder of the npm packages in the environment.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const load = createRequire(join(process.env.TESSELLE_REAL_PEERS, 'package.json'));
const twitter = load('twitter-text');
const { RichText } = load('@atproto/api');

const asked = JSON.parse(await text(process.stdin));
const x = asked.x.map((words) => twitter.parseTweet(words).weightedLength);
const bluesky = asked.bluesky.map((words) => {
  const rich = new RichText({ text: words });
  return [rich.graphemeLength, rich.length];
});
process.stdout.write(JSON.stringify({ x, bluesky }));
