/* What Material has in scripts within the page, where a strict Content-Security-Policy would not let it run: what its other
 * script needs, the palette that a reader has chosen, and the tabs of pages written by hand. */
{
  const { dataset } = document.currentScript
  if ("palette" in dataset) {
    const palette = globalThis.__md_get("__palette")
    const colour = palette?.color
    if (colour) {
      if (colour.media === "(prefers-color-scheme)") {
        const kind = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark"
        const input = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${kind})"]`)
        for (const key of ["media", "scheme", "primary", "accent"]) colour[key] = input?.getAttribute(`data-md-color-${key}`)
      }
      for (const [key, value] of Object.entries(colour)) document.body.setAttribute(`data-md-color-${key}`, value)
    }
  } else {
    const scope = new URL(dataset.scope, location)
    const key = (name, of) => `${of.pathname}.${name}`
    Object.assign(globalThis, {
      __md_scope: scope,
      __md_hash: (text) => [...text].reduce((sum, one) => (sum << 5) - sum + one.charCodeAt(0), 0),
      __md_get: (name, store = localStorage, of = scope) => JSON.parse(store.getItem(key(name, of))),
      __md_set: (name, value, store = localStorage, of = scope) => {
        try {
          store.setItem(key(name, of), JSON.stringify(value))
        } catch {
          // There is no room, or the browser keeps nothing.
        }
      },
    })
    document.addEventListener("DOMContentLoaded", () => {
      const target = document.getElementById(location.hash.slice(1))
      if (target?.name?.startsWith("__tabbed_")) target.checked = true
      const { features } = JSON.parse(document.getElementById("__config").textContent)
      const tabs = document.querySelector(".tabbed-set") && globalThis.__md_get("__tabs")
      if (!Array.isArray(tabs) || !features.includes("content.tabs.link")) return
      for (const set of document.querySelectorAll(".tabbed-set")) {
        const labels = [...set.querySelectorAll(":scope > .tabbed-labels label")]
        const label = tabs.map((tab) => labels.find((one) => one.innerText.trim() === tab)).find(Boolean)
        if (label) document.getElementById(label.htmlFor).checked = true
      }
    })
  }
}
