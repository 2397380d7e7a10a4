// @ts-check
/** Asking the server: the token of the address, JSON, and streams of events. */

/** @typedef {{ en: string, nl: string | null }} Text */
/** @typedef {{ kind: string, text: Text, faults: { text: Text, what: Text, remedy: Text, file: string, row: number, column: string, value: string }[] }} Refusal */

/** A request that was not carried out, and why. */
export class Refused extends Error {
  /**
   * @param {Refusal} refusal
   * @param {number} status
   */
  constructor(refusal, status) {
    super(refusal.text.en);
    this.refusal = refusal;
    this.status = status;
  }
}

/** The server does not answer: it was ended, or the computer sleeps. */
export class Unreachable extends Error {}

/** What stands behind the # of the address: the token, and what to begin with. */
export const fragment = new URLSearchParams(window.location.hash.slice(1));

const token = fragment.get("token") ?? "";

/**
 * @param {string} method
 * @param {string} path
 * @param {{ body?: unknown, form?: FormData, signal?: AbortSignal }} [more]
 * @returns {Promise<Response>}
 */
async function request(method, path, { body, form, signal } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Authorization: `Bearer ${token}` };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    const sent = form ?? (body === undefined ? undefined : JSON.stringify(body));
    answer = await fetch(`/api/${path}`, { method, headers, body: sent, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable(String(error));
  }
  if (answer.ok) return answer;
  /** @type {Refusal} */
  let refusal = { kind: "defect", text: { en: `${answer.status} ${answer.statusText}`, nl: null }, faults: [] };
  try {
    refusal = await answer.json();
  } catch {
    // not from our server
  }
  throw new Refused(refusal, answer.status);
}

/**
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export const get = async (path, signal) => (await request("GET", path, { signal })).json();

/**
 * @param {string} path
 * @param {unknown} body
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export const post = async (path, body, signal) => (await request("POST", path, { body, signal })).json();

/**
 * @param {string} path
 * @param {unknown} body
 * @returns {Promise<any>}
 */
export const put = async (path, body) => (await request("PUT", path, { body })).json();

/**
 * Send a file.
 * @param {string} path
 * @param {File} file
 * @param {Record<string, string>} [more]
 * @returns {Promise<any>}
 */
export async function upload(path, file, more = {}) {
  const form = new FormData();
  form.append("file", file);
  for (const [key, value] of Object.entries(more)) form.append(key, value);
  return (await request("POST", path, { form })).json();
}

/**
 * Fetch a file.
 * @param {string} path
 * @returns {Promise<{ name: string, blob: Blob }>}
 */
export async function download(path) {
  const answer = await request("GET", path);
  const said = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "");
  return { name: said?.[1] ?? path.split("/").at(-1) ?? "file", blob: await answer.blob() };
}

/**
 * Ask for something that is answered bit by bit; ends when the last event was told.
 *
 * @param {string} path
 * @param {(name: string, data: any) => void} tell
 * @param {AbortSignal} signal closing it cancels the work
 * @param {unknown} [body] sent by POST where it is given
 */
export async function stream(path, tell, signal, body) {
  const answer = await request(body === undefined ? "GET" : "POST", path, { body, signal });
  if (!answer.body) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const name = /^event: (.*)$/m.exec(block);
        const data = /^data: (.*)$/m.exec(block);
        if (name?.[1] && data?.[1] && !signal.aborted) tell(name[1], JSON.parse(data[1]));
      }
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Unreachable(String(error));
  }
}
