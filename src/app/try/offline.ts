/**
 * Keeps the try-it page for when there is no network. `FILES` and `VERSION` are put in by `static/build.ts`; all files but
 * the page have their contents in their names, so what is kept never grows old.
 */
declare const FILES: readonly string[];
declare const VERSION: string;

interface Lifetime extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lifetime {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const kept = `readout-try-${VERSION}`;

self.addEventListener('install', (event) => {
  (event as Lifetime).waitUntil(caches.open(kept).then((cache) => cache.addAll([...FILES])));
});

self.addEventListener('activate', (event) => {
  const drop = (names: readonly string[]) =>
    Promise.all(
      names.filter((name) => name.startsWith('readout-try-') && name !== kept).map((name) => caches.delete(name)),
    );
  (event as Lifetime).waitUntil(caches.keys().then(drop));
});

self.addEventListener('fetch', (event) => {
  const { request, respondWith } = event as Fetching;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  respondWith.call(
    event,
    caches.match(request, { ignoreSearch: true }).then((found) => found ?? fetch(request)),
  );
});
