// node scripts/pull-request-comment.mjs REPORT: makes a Markdown file the comment of the pull request that a GitHub workflow runs for.
// The comment of an earlier run is replaced. What cannot be written is a warning of the workflow: the result of the run stays.
import { readFileSync } from 'node:fs';

const mark = '<!-- parity-prober -->';
const perPage = 100;
/** Pages of comments that are searched for an earlier one. */
const maxPages = 30;
/** Earlier comments that are tried before a new one is written. */
const maxTried = 10;
const { GITHUB_API_URL = 'https://api.github.com', GITHUB_REPOSITORY, GITHUB_EVENT_PATH, GITHUB_TOKEN } = process.env;

/** Calls the API; returns its JSON. Throws an Error that says what it answered. */
async function call(path, method = 'GET', body = undefined) {
  const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/${path}`, {
    method,
    headers: { authorization: `Bearer ${GITHUB_TOKEN}`, accept: 'application/vnd.github+json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  if (response.ok) return response.json();
  const hint = response.status === 403 ? '; the job needs permissions: { pull-requests: write }' : '';
  const error = new Error(`${method} ${path} was answered with ${response.status}${hint}`);
  throw Object.assign(error, { status: response.status });
}

/** Ids of comments that begin with the mark, the newest first. Anybody can write such a one, so there may be several. */
async function earlierComments(number) {
  const found = [];
  for (let page = 1; page <= maxPages; page += 1) {
    const comments = await call(`issues/${number}/comments?per_page=${perPage}&page=${page}`);
    found.push(...comments.filter(({ body }) => typeof body === 'string' && body.startsWith(mark)));
    if (comments.length < perPage) break;
  }
  return found.map(({ id }) => id).reverse();
}

/** Whether a comment could be replaced: those of others cannot. */
async function replaced(id, body) {
  try {
    await call(`issues/comments/${id}`, 'PATCH', { body });
    return true;
  } catch (error) {
    if (error.status === 403 || error.status === 404) return false;
    throw error;
  }
}

/** The number of the pull request of the event. Throws an Error if the event has none. */
function pullRequestNumber() {
  const number = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8')).pull_request?.number;
  if (Number.isSafeInteger(number)) return number;
  throw new Error('the event of this workflow has no pull request');
}

async function comment(file) {
  const number = pullRequestNumber();
  const body = `${mark}\n${readFileSync(file, 'utf8')}`;
  for (const id of (await earlierComments(number)).slice(0, maxTried)) if (await replaced(id, body)) return;
  await call(`issues/${number}/comments`, 'POST', { body });
}

try {
  await comment(process.argv[2]);
} catch (error) {
  const why = [error.message, error.cause?.message].filter(Boolean).join(': ');
  console.log(`::warning title=parity::the comment was not written: ${why.replaceAll(/[\r\n%]+/g, ' ')}`);
}
