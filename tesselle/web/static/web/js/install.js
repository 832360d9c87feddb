// The service worker makes Tesselle installable, and shows what is pushed. Browsers have it on safe origins only.
if ("serviceWorker" in navigator && document.body.dataset.liveUrl) {
  navigator.serviceWorker.register("/service-worker.js").catch(() => {});
}
