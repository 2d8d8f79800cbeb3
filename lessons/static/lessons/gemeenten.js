// Finding a gemeente by typing, among those of other regions. Without this script all of
// them can be seen and ticked just the same.
(() => {
  const plain = (text) =>
    text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase().trim();

  const filter = (root, words) => {
    for (const group of root.querySelectorAll("details [data-gemeenten-group]")) {
      let found = 0;
      for (const option of group.querySelectorAll(".lessons-terms > div")) {
        const matches = plain(option.textContent).includes(words);
        option.hidden = !matches;
        found += matches ? 1 : 0;
      }
      group.hidden = found === 0;
    }
  };

  const start = () => {
    for (const root of document.querySelectorAll("[data-gemeenten]")) {
      const input = root.querySelector("[data-gemeenten-filter]");
      input.closest("label").hidden = false;
      const others = root.querySelector("details");
      others.open = others.querySelector("input:checked") !== null;
      input.addEventListener("input", () => filter(root, plain(input.value)));
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") event.preventDefault();
      });
    }
  };

  document.readyState === "loading"
    ? document.addEventListener("DOMContentLoaded", start)
    : start();
})();
