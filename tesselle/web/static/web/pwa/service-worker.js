// Keeps one page that says there is no network, and its style: no page of anybody is ever kept on the device.
// Shows what the server pushes. Holds what the telephone shares until the page that takes it has it.
const SHELF = "tesselle-offline-1";
const SHARED = "tesselle-shared";
const KEPT = ["/offline", "/static/web/css/tokens.css", "/static/web/pwa/offline.css", "/static/web/pwa/icon-192.png"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name !== SHELF && name !== SHARED;
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname === "/share" && request.mode === "navigate" && !request.referrer.startsWith(origin)) {
    event.respondWith(takeShared(request));
  } else if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(() => caches.match("/offline")));
  } else if (KEPT.includes(pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(pathname)));
  }
});

// The share sheet knows no token of ours: the form of the page sends the files, as if they had been chosen there.
async function takeShared(request) {
  const told = await request.formData();
  await caches.delete(SHARED);
  const shelf = await caches.open(SHARED);
  const files = told.getAll("files").filter((file) => file instanceof File && file.size > 0);
  await Promise.all(files.map((file, number) => shelf.put(`/shared/${number}`, new Response(file, {
    headers: { "Content-Type": file.type, "X-Name": encodeURIComponent(file.name) },
  }))));
  return Response.redirect("/share?from=phone", 303);
}

self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(told.title ?? "Tesselle", {
    body: told.body ?? "",
    icon: "/static/web/pwa/icon-192.png",
    data: { url: told.url ?? "/" },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const wanted = new URL(event.notification.data.url, self.location.origin);
  if (wanted.origin !== self.location.origin) return;
  event.waitUntil(self.clients.matchAll({ type: "window" }).then((open) => {
    const one = open[0];
    return one ? one.focus().then(() => one.navigate(wanted.href)) : self.clients.openWindow(wanted.href);
  }));
});
