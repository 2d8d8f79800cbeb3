// Fetches what the judged queries say, which takes a second or more, once the page is there.
(() => {
  const place = document.querySelector("[data-judged-url]");
  if (!place) return;
  const [link, busy] = [place.querySelector("a").parentElement, place.querySelector("[data-busy]")];
  link.hidden = true;
  busy.hidden = false;
  fetch(place.dataset.judgedUrl, { headers: { "X-Requested-With": "XMLHttpRequest" } })
    .then((response) => (response.ok ? response.text() : Promise.reject(response.status)))
    .then((html) => {
      place.innerHTML = html;
    })
    .catch(() => {
      busy.textContent = place.dataset.failed;
      link.hidden = false;
    });
})();
