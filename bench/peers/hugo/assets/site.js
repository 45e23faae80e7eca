"use strict";
const dark = document.querySelector("#dark");
dark.checked = document.documentElement.dataset.dark === "1";
dark.addEventListener("change", () => {
  document.documentElement.dataset.dark = dark.checked ? "1" : "";
  localStorage.setItem("dark", dark.checked ? "1" : "");
});
const output = document.querySelector(".search__output");
const input = document.querySelector(".search__input");
let docs = null;
input.addEventListener("input", async () => {
  docs ??= (await (await fetch(output.dataset.index)).json()).docs;
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = words.length ? docs.filter((one) => words.every((word) => `${one.title} ${one.text}`.toLowerCase().includes(word))) : [];
  output.querySelector(".search__meta").textContent = `${hits.length} found`;
  output.querySelector(".search__list").replaceChildren(...hits.slice(0, 20).map((one) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = `/${one.location}`;
    link.textContent = `${one.title}: ${one.text.slice(0, 120)}`;
    item.append(link);
    return item;
  }));
});
for (const button of document.querySelectorAll(".copy")) button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.citation));
