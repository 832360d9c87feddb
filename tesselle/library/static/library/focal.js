// The focal point set on the picture itself: by a click, or by the arrow keys. The two sliders of the form
// stay the truth; without script they are all there is.
// <div data-focal data-focal-label="…"><img></div> … <input data-focal-x> <input data-focal-y>
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function bind(place) {
  const across = document.querySelector("[data-focal-x]");
  const down = document.querySelector("[data-focal-y]");
  if (!across || !down || place.dataset.focalBound) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "focal";
  button.dataset.focalBound = "yes";
  button.setAttribute("aria-label", place.dataset.focalLabel);
  const mark = document.createElement("span");
  mark.className = "focal-mark";
  button.append(...place.childNodes, mark);
  place.replaceWith(button);

  const show = () => {
    mark.style.left = `${across.value}%`;
    mark.style.top = `${down.value}%`;
  };
  const set = (x, y) => {
    across.value = Math.round(Math.min(100, Math.max(0, x)));
    down.value = Math.round(Math.min(100, Math.max(0, y)));
    show();
  };
  button.addEventListener("click", (event) => {
    if (event.detail === 0) return; // Enter or Space: there is no place in that
    const box = button.getBoundingClientRect();
    set((100 * (event.clientX - box.left)) / box.width, (100 * (event.clientY - box.top)) / box.height);
  });
  button.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const many = event.shiftKey ? 10 : 1;
    set(Number(across.value) + many * step[0], Number(down.value) + many * step[1]);
  });
  for (const slider of [across, down]) slider.addEventListener("input", show);
  show();
}

for (const place of document.querySelectorAll("[data-focal]")) bind(place);
