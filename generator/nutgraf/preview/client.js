/* The preview in the browser: follows the files of the site, and says what is wrong with them.
 *
 * The server says when there is another state (server-sent events), with the text of the page if that is another, too. What
 * differs between the two texts of it is changed in the document, and nothing else: scroll position, focus, selected text, open
 * notes, and all that scripts and readers have done to the page stay. A published page does not have this script. */
(() => {
  "use strict"
  const script = document.currentScript
  const EVENTS = new URL("events", script.src).href
  const own = (url) => new URL(url, location.href).origin === location.origin
  const address = () => location.href.split("#", 1)[0]

  /* 1. What the server sent */

  const parse = (text) => new DOMParser().parseFromString(text, "text/html")
  const stamp = (page) => page.querySelector('script[data-nutgraf="preview"]')?.dataset.page

  /* What the document was made of: it is still in the cache of the browser. The document itself will not do, because
   * scripts have changed it by now. */
  const fetchPage = async () => {
    const url = address()
    const page = parse(await (await fetch(url, { cache: "force-cache", headers: { Accept: "text/html" } })).text())
    return { url, page }
  }
  let shown = fetchPage().catch(() => null)

  /* 2. Two lists of nodes: which is which */

  // What a parser without scripts takes apart otherwise, or keeps elsewhere.
  const WHOLE = new Set(["noscript", "template", "script", "style", "textarea"])

  const SAME = 4
  const kind = (node) => (node.nodeType === Node.ELEMENT_NODE ? `${node.localName}#${node.id}` : String(node.nodeType))
  const text = (node) => node.outerHTML ?? node.data ?? ""

  /* Pairs of nodes that are of one kind, in the order of both lists, and whether they are the same: as many pairs as
   * possible, and rather such as are the same. This is the longest common subsequence, weighted. As a rule little differs:
   * what stands before and behind that is compared once, and by the browser itself. */
  const align = (some, others) => {
    const pairs = []
    const same = (a, b) => kind(a) === kind(b) && a.isEqualNode(b)
    let start = 0
    let end = 0
    const least = Math.min(some.length, others.length)
    while (start < least && same(some[start], others[start])) start++
    while (end < least - start && same(some.at(-1 - end), others.at(-1 - end))) end++
    for (let i = 0; i < start; i++) pairs.push([some[i], others[i], true])
    for (let i = end; i > 0; i--) pairs.push([some.at(-i), others.at(-i), true])
    const a = some.slice(start, some.length - end).map((node) => [node, kind(node)])
    const b = others.slice(start, others.length - end).map((node) => [node, kind(node)])
    if (a.length === 1 && b.length === 1) {
      if (a[0][1] === b[0][1]) pairs.push([a[0][0], b[0][0], false])
      return pairs
    }
    if (a.length * b.length > 1e6) return pairs // so much is another: it is made anew
    const told = (one) => (one[2] ??= text(one[0]))
    const width = b.length + 1
    const best = new Uint32Array((a.length + 1) * width)
    const value = (i, j) => (a[i][1] !== b[j][1] ? 0 : told(a[i]) === told(b[j]) ? SAME : 1)
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        const worth = value(i, j)
        const paired = worth && worth + best[(i + 1) * width + j + 1]
        best[i * width + j] = Math.max(paired, best[(i + 1) * width + j], best[i * width + j + 1])
      }
    }
    for (let i = 0, j = 0; i < a.length && j < b.length; ) {
      const worth = value(i, j)
      if (worth && best[i * width + j] === worth + best[(i + 1) * width + j + 1])
        pairs.push([a[i++][0], b[j++][0], worth === SAME])
      else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) i++
      else j++
    }
    return pairs
  }

  /* Which node of the document was made of which node of the text: as a rule each of its counterpart, with what scripts
   * put between them left aside. */
  const counterparts = (base, live) => {
    const kinds = base.map(kind)
    const known = new Set(kinds)
    const left = live.filter((node) => known.has(kind(node)))
    const plain = base.length === left.length && kinds.every((one, i) => one === kind(left[i]))
    return new Map(plain ? base.map((node, i) => [node, left[i]]) : align(base, live))
  }

  /* 3. Changing the document: `live` was made of `base`, and is to be what it would be had it been made of `next` */

  const JAVASCRIPT = /^$|^module$|^(text|application)\/(x-)?(java|ecma)script$/i
  const runs = (node) => node.localName === "script" && JAVASCRIPT.test(node.type ?? "")
  const isSheet = (node) => node.localName === "link" && node.relList.contains("stylesheet")
  const nodesOf = (parent) => [...parent.childNodes].filter((node) => !runs(node) && !isSheet(node))
  const rewrite = (live, was, will) => {
    if (live.data !== was) {
      live.data = will
      return
    }
    const least = Math.min(was.length, will.length)
    let start = 0
    let end = 0
    while (start < least && was[start] === will[start]) start++
    while (end < least - start && was.at(-1 - end) === will.at(-1 - end)) end++
    // A selection around the change stays where it is (DOM Standard, "replace data").
    live.replaceData(start, was.length - start - end, will.slice(start, will.length - end))
  }

  const setAttributes = (live, base, next) => {
    for (const name of new Set([...base.getAttributeNames(), ...next.getAttributeNames()])) {
      const was = base.getAttribute(name)
      const will = next.getAttribute(name)
      if (was === will) continue
      if (name === "class") {
        live.classList.remove(...[...base.classList].filter((one) => !next.classList.contains(one)))
        live.classList.add(...[...next.classList].filter((one) => !base.classList.contains(one)))
      } else if (will === null) live.removeAttribute(name)
      else live.setAttribute(name, will)
    }
  }

  class Change {
    constructor(base) {
      this.base = base
      this.leaving = []
      this.moved = new Set()
    }

    apply(live, base, next) {
      if (live.nodeType !== Node.ELEMENT_NODE) {
        rewrite(live, base.data, next.data)
        return
      }
      setAttributes(live, base, next)
      if (WHOLE.has(live.localName)) {
        if (base.innerHTML !== next.innerHTML) live.innerHTML = next.innerHTML
        return
      }
      const was = nodesOf(base)
      const will = nodesOf(next)
      const made = counterparts(was, nodesOf(live))
      const pairs = align(was, will)
      const former = new Map(pairs.map(([one, other]) => [other, one]))
      const unchanged = new Set(pairs.filter(([, , same]) => same).map(([, other]) => other))
      const staying = new Set(former.values())
      let last = null
      for (const node of will) {
        const old = former.get(node)
        const there = old && made.get(old)
        if (there && !unchanged.has(node)) this.apply(there, old, node)
        else if (!old) last = this.insert(live, node, last ? last.nextSibling : live.firstChild)
        // What a script took away stays away.
        if (there) last = there
      }
      for (const node of was) if (!staying.has(node) && made.has(node)) this.leaving.push(made.get(node))
    }

    insert(parent, next, before) {
      const live = next.id ? document.getElementById(next.id) : null
      const base = live && this.base.getElementById(next.id)
      if (base && live.localName === next.localName && base.localName === next.localName && !live.contains(parent)) {
        this.moved.add(live)
        move(parent, live, before)
        if (!base.isEqualNode(next)) this.apply(live, base, next)
        return live
      }
      const whole = next.nodeType !== Node.ELEMENT_NODE || WHOLE.has(next.localName) || !next.querySelector("[id]")
      const fresh = document.importNode(next, whole)
      parent.insertBefore(fresh, before)
      if (!whole) for (const child of next.childNodes) this.insert(fresh, child, null)
      return fresh
    }

    finish() {
      for (const node of this.leaving) if (!this.moved.has(node)) node.remove()
    }
  }

  const move = (parent, node, before) => {
    if (parent.moveBefore) parent.moveBefore(node, before) // which leaves open what is open
    else parent.insertBefore(node, before)
  }

  const change = (base, next) => {
    const open = [...document.querySelectorAll(":popover-open")]
    const focused = document.activeElement
    const all = new Change(base)
    all.apply(document.documentElement, base.documentElement, next.documentElement)
    all.finish()
    for (const one of open) if (one.isConnected && !one.matches(":popover-open")) one.showPopover()
    if (focused === document.activeElement) return
    const again = focused.isConnected ? focused : focused.id && document.getElementById(focused.id)
    if (again) again.focus({ preventScroll: true })
  }

  /* 4. Styles and scripts */

  const VERSION = "nutgraf-preview"
  const plain = (url) => {
    const found = new URL(url, location.href)
    found.searchParams.delete(VERSION)
    return found.href
  }
  const sheets = (page) => [...page.querySelectorAll("link")].filter((link) => isSheet(link) && link.href)
  const assets = () => [
    ...sheets(document).map((link) => plain(link.href)),
    ...[...document.scripts].filter((one) => one.src && runs(one) && one !== script).map((one) => one.src),
  ]

  const tags = new Map()
  const tagOf = async (url) => {
    const answer = await fetch(url, { cache: "force-cache" })
    return answer.ok ? (answer.headers.get("ETag") ?? "").replaceAll('"', "") : null
  }
  const known = Promise.all(
    assets()
      .filter(own)
      .map(async (url) => tags.set(url, await tagOf(url).catch(() => null))),
  )

  /* The new sheet takes its place before the old one leaves: no moment is without. */
  const load = (link) =>
    new Promise((done) => {
      link.addEventListener("load", done)
      link.addEventListener("error", done)
      setTimeout(done, 3000)
    })

  const replaceSheet = async (old, href) => {
    const fresh = old.cloneNode()
    fresh.href = href
    old.after(fresh)
    await load(fresh)
    old.remove()
  }

  const tagIn = (now, url) => now[inSite(new URL(url))] ?? null

  /* Look which files have changed under the same name, by the tags of all that there are. A changed script was run as it
   * was: only a reload helps. */
  const renewAssets = async (now) => {
    await known
    const changed = new Map()
    for (const url of new Set(assets().filter(own))) {
      const tag = tagIn(now, url)
      // What is not there any more has another name now: it stays until that is loaded.
      if (tag !== null && tags.has(url) && tags.get(url) !== tag) changed.set(url, tag)
      tags.set(url, tag)
    }
    if ([...document.scripts].some((one) => changed.has(one.src))) return false
    const old = sheets(document).filter((link) => changed.has(plain(link.href)))
    await Promise.all(
      old.map((link) => {
        const url = new URL(plain(link.href))
        url.searchParams.set(VERSION, changed.get(url.href))
        return replaceSheet(link, url.href)
      }),
    )
    return true
  }

  /* Sheets that have another name now, or are new, or are gone. */
  const renewSheets = async (base, next) => {
    const was = sheets(base).map((link) => link.href)
    const will = sheets(next).map((link) => link.href)
    const gone = was.filter((href) => !will.includes(href))
    const added = sheets(next).filter((link) => !was.includes(link.href))
    const here = (href) => sheets(document).find((link) => plain(link.href) === href)
    await Promise.all(
      added.map(async (link) => {
        const fresh = document.importNode(link)
        const place = here(gone[0]) ?? sheets(document).at(-1)
        if (place) place.after(fresh)
        else document.head.append(fresh)
        await load(fresh)
      }),
    )
    for (const href of gone) here(href)?.remove()
  }

  /* What scripts were told when they began: their own text, and the settings of the theme. */
  const program = (page) =>
    [...page.scripts]
      .filter((one) => (runs(one) || one.type === "application/json") && one.dataset.nutgraf !== "preview")
      .map((one) => [one.getAttribute("src"), one.type, one.text].join("\n"))
      .join("\n\n")

  /* 5. One update after another */

  /* The last text of the page that was sent: it is sent once, and later news may name it. */
  let sent = null

  const update = async ({ assets: now, page }) => {
    const isOther = page && page.tag !== script.dataset.page
    const next = isOther && { url: address(), page: parse(page.tag === sent?.tag ? sent.html : "") }
    if (!(await renewAssets(now))) return location.reload()
    if (!next) return
    const former = await shown
    // The cache has lost this page, or the text of the next.
    if (former?.url !== next.url || stamp(former.page) !== script.dataset.page || !stamp(next.page)) return location.reload()
    if (program(next.page) !== program(former.page)) return location.reload()
    await renewSheets(former.page, next.page)
    // A sheet that came with this page is known from here on, so that its next change is seen.
    for (const url of assets().filter(own)) if (!tags.has(url)) tags.set(url, tagIn(now, url))
    change(former.page, next.page)
    shown = Promise.resolve(next)
    script.dataset.page = stamp(next.page)
    markDrafts()
  }

  let updates = Promise.resolve()
  let wanted = 0
  const updateSoon = (news) => {
    const mine = ++wanted
    updates = updates.then(async () => {
      if (mine !== wanted) return // a later one does it
      await update(news).catch(() => location.reload())
    })
  }

  /* 6. What is shown over the page. It stands in a shadow tree, which the styles of the site do not reach. */

  const STYLES = `
    :host { all: initial !important; position: fixed !important; inset: auto 0 0 0 !important; width: auto !important;
      height: auto !important; max-width: none !important; max-height: none !important; margin: 0 !important;
      padding: 0 !important; border: 0 !important; background: none !important; overflow: visible !important;
      display: block !important; z-index: 2147483647 !important; pointer-events: none !important;
      color-scheme: light dark !important }
    @media print { :host { display: none !important } }
    :host {
      --paper: #fff; --ink: #1c1b20; --soft: #56545c; --line: #c9c7cf; --code: #f4f3f6; --link: #0b57a4;
      --error: #b3261e; --warning: #855300; --related: #1d5fa8 }
    @media (prefers-color-scheme: dark) { :host(:not(.light)) {
      --paper: #1d1d22; --ink: #ecebf0; --soft: #b5b3bd; --line: #4a4953; --code: #27272e; --link: #9ecbff;
      --error: #ffb4ab; --warning: #ffcb6b; --related: #9ecbff } }
    :host(.dark) {
      --paper: #1d1d22; --ink: #ecebf0; --soft: #b5b3bd; --line: #4a4953; --code: #27272e; --link: #9ecbff;
      --error: #ffb4ab; --warning: #ffcb6b; --related: #9ecbff }
    * { box-sizing: border-box }
    [hidden] { display: none !important }
    .told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
    .all { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); text-align: start; direction: ltr }
    .pills { display: flex; gap: 8px; justify-content: flex-end; flex-wrap: wrap; padding: 8px 12px }
    .pill { font: inherit; font-size: 13px; font-weight: 600; color: var(--ink); background: var(--paper);
      border: 1px solid var(--line); border-radius: 999px; padding: 4px 12px; min-height: 28px; pointer-events: auto;
      box-shadow: 0 1px 6px rgb(0 0 0 / .25) }
    button { cursor: pointer }
    button.error { color: var(--error); border-color: var(--error) }
    button.warning, .draft { color: var(--warning); border-color: var(--warning) }
    .panel { background: var(--paper); border-top: 3px solid var(--warning); box-shadow: 0 -4px 24px rgb(0 0 0 / .3);
      pointer-events: auto; display: flex; flex-direction: column; max-height: min(55vh, 640px) }
    .panel.error { border-color: var(--error) }
    @media (max-width: 600px) { .panel { max-height: 45vh } }
    header { display: flex; align-items: start; gap: 12px; padding: 10px 12px 8px 20px }
    header div { flex: 1 }
    h2 { font-size: 16px; margin: 0 } .panel.error h2 { color: var(--error) } .panel.warning h2 { color: var(--warning) }
    header p { margin: 0; color: var(--soft); font-size: 13.5px }
    .close { font: inherit; font-size: 20px; line-height: 1; width: 32px; height: 32px; color: var(--ink); background: none;
      border: 1px solid var(--line); border-radius: 6px; flex: none }
    .list { overflow: auto; padding: 0 20px 16px; overscroll-behavior: contain }
    article { border-top: 1px solid var(--line); padding: 10px 0 4px }
    h3 { font-size: 15px; margin: 0; font-weight: 600; overflow-wrap: anywhere }
    .severity { color: var(--error) } .warning > h3 > .severity { color: var(--warning) }
    .rule { font-weight: 400; color: var(--soft) }
    code, pre, .where { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 13px }
    h3 code, .help code { background: var(--code); padding: 0 3px; border-radius: 3px }
    .where { margin: 4px 0; overflow-wrap: anywhere } .where a { color: var(--link) }
    pre { margin: 4px 0; padding: 6px 10px; background: var(--code); border-radius: 4px; overflow: auto; line-height: 1.4;
      tab-size: 4; unicode-bidi: plaintext }
    pre b { font-weight: 700 } .gutter { color: var(--soft); user-select: none }
    pre .error { color: var(--error) } pre .warning { color: var(--warning) } pre .related { color: var(--related) }
    pre .reverse { background: var(--ink); color: var(--paper) }
    .help { margin: 4px 0 8px; overflow-wrap: anywhere } .help b { font-weight: 600 }
    .left { color: var(--soft) }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
  `

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties)
    made.append(...children.filter((child) => child !== null))
    return made
  }
  /* Text with names and values in backticks. All of it comes from files, and none of it is read as HTML. */
  const prose = (words) => words.split("`").map((part, i) => (i % 2 ? element("code", { textContent: part }) : part))
  const counted = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`

  const host = document.createElement("nutgraf-preview")
  const root = host.attachShadow({ mode: "open" })
  const told = element("div", { className: "told", role: "status" })
  told.setAttribute("aria-live", "polite")
  const title = element("h2", { id: "title" })
  const subtitle = element("p")
  const close = element("button", { type: "button", className: "close", textContent: "×", title: "Hide (Escape)" })
  close.setAttribute("aria-label", "Hide what is wrong")
  const list = element("div", { className: "list", tabIndex: 0, role: "group" })
  list.setAttribute("aria-labelledby", "title")
  const panel = element("section", { hidden: true, tabIndex: -1 }, element("header", {}, element("div", {}, title, subtitle), close), list)
  panel.setAttribute("aria-labelledby", "title")
  const count = element("button", { type: "button", hidden: true })
  count.setAttribute("aria-expanded", "false")
  const draft = element("span", { className: "pill draft", hidden: true })
  const gone = element("span", { className: "pill", hidden: true, textContent: "The preview has ended" })
  const pills = element("div", { className: "pills", role: "group" }, gone, draft, count)
  pills.setAttribute("aria-label", "Preview")
  root.append(element("style", { textContent: STYLES }), element("div", { className: "all" }, told, pills, panel))

  let problems = { errors: 0, warnings: 0, left: 0, items: [] }
  let hidden = new Set() // what was wrong when the panel was closed
  let isOpen = false

  const key = (item) => JSON.stringify([item.severity, item.rule, item.headline, item.places[0]?.path])

  const place = (one) => {
    const name = `${one.path}:${one.line}:${one.column}`
    const link = one.href ? element("a", { href: one.href, textContent: name, title: "Open it in the editor" }) : name
    const width = Math.max(...one.rows.map((row) => (row.number === "..." ? 0 : row.number.length)), 0)
    const gutter = (row) => (row.number === "..." ? "...".padEnd(width + 3) : `${row.number.padStart(width)} | `)
    const lines = one.rows.map((row, i) =>
      element(
        "span",
        {},
        i ? "\n" : "",
        element("span", { className: "gutter", textContent: gutter(row) }),
        ...row.parts.map(([words, style]) => element("span", { className: style, textContent: words })),
      ),
    )
    const said = one.message && !lines.length ? `: ${one.message}` : null
    const where = element("p", { className: "where" }, link, said)
    return lines.length ? [where, element("pre", { tabIndex: 0 }, ...lines)] : [where]
  }

  const article = (item) =>
    element(
      "article",
      { className: item.severity },
      element("h3", {}, element("span", { className: "severity", textContent: item.severity }), ": ", ...prose(item.headline)),
      ...item.places.flatMap(place),
      item.help.length ? element("p", { className: "help" }, element("b", { textContent: "Help: " }), ...prose(item.help.join(" "))) : null,
      element("p", { className: "rule where" }, element("span", { textContent: item.rule })),
    )

  const summary = () =>
    [problems.errors && counted(problems.errors, "error"), problems.warnings && counted(problems.warnings, "warning")]
      .filter(Boolean)
      .join(" and ")

  const draw = () => {
    const grave = problems.errors > 0 ? "error" : "warning"
    const scheme = document.body?.dataset.mdColorScheme
    host.className = scheme === "slate" ? "dark" : scheme === "default" ? "light" : ""
    const had = root.activeElement && panel.contains(root.activeElement)
    panel.className = `panel ${grave}`
    panel.hidden = !isOpen
    title.textContent = summary()
    subtitle.textContent = problems.errors
      ? "The page below is the last one without errors. It follows as soon as they are mended."
      : "This does not stop a publication."
    count.className = `pill ${grave}`
    count.textContent = summary()
    count.hidden = isOpen || !problems.items.length
    count.setAttribute("aria-expanded", String(isOpen))
    list.replaceChildren(
      ...problems.items.map(article),
      problems.left ? element("p", { className: "left", textContent: `and ${problems.left} more, in the terminal` }) : "",
    )
    if (had && isOpen) panel.focus()
  }

  const setOpen = (open) => {
    isOpen = open
    hidden = new Set(open ? [] : problems.items.map(key))
    draw()
  }
  close.addEventListener("click", () => {
    setOpen(false)
    count.focus()
  })
  count.addEventListener("click", () => {
    setOpen(true)
    panel.focus()
  })
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    event.stopPropagation()
    setOpen(false)
    count.focus()
  })

  const show = (now) => {
    if (JSON.stringify(now) === JSON.stringify(problems)) return
    const before = problems
    const old = new Set(before.items.map(key))
    problems = now
    const first = now.items.find((item) => !old.has(key(item)))
    if (now.items.some((item) => item.severity === "error" && !hidden.has(key(item)))) isOpen = true
    else if (!now.errors) isOpen = isOpen && !before.errors && now.items.length > 0
    hidden = new Set([...hidden].filter((one) => now.items.some((item) => key(item) === one)))
    draw()
    const where = first?.places[0]
    if (first && now.errors) told.textContent = `${summary()}. ${first.headline}${where ? `, ${where.path}, line ${where.line}` : ""}`
    else if (before.errors && !now.errors) told.textContent = "Mended."
  }

  /* 7. Pages that a build leaves out: why, by address */

  let drafts = new Map()
  let base = "/"
  const inSite = (url) => decodeURIComponent(url.pathname).slice(base.length)
  const badge = new CSSStyleSheet()
  badge.replaceSync(`a[data-nutgraf-draft]::after { content: attr(data-nutgraf-draft); font: 600 .7em/1 system-ui, sans-serif; color: #855300;
    background: #fff3d6; border-radius: 3px; padding: 1px 4px; margin-inline-start: 4px }`)
  const markDrafts = () => {
    draft.textContent = drafts.get(inSite(location)) ?? ""
    draft.hidden = !draft.textContent
    for (const link of document.querySelectorAll(drafts.size ? "main a[href]" : "a[data-nutgraf-draft]")) {
      const why = own(link.href) && !link.hash ? drafts.get(inSite(link)) : undefined
      // The first word: draft, embargoed, unused.
      if (why) link.setAttribute("data-nutgraf-draft", why.split(" ")[0].toLowerCase())
      else link.removeAttribute("data-nutgraf-draft")
    }
  }

  /* 8. The stream */

  let listened = ""
  let seen = null
  let source = null
  let alarm = 0

  const receive = (news) => {
    drafts = new Map(Object.entries(news.drafts))
    base = news.base
    markDrafts()
    show(news.problems)
    // Another page has come in by a script of the theme.
    if (address() !== listened && news.state !== seen && seen !== null) return location.reload()
    seen = news.state
    if (news.page?.html) sent = news.page
    updateSoon(news)
  }

  const listen = () => {
    source?.close()
    listened = address()
    const asked = new URLSearchParams({ page: location.pathname, shown: script.dataset.page })
    source = new EventSource(`${EVENTS}?${asked}`)
    source.addEventListener("open", () => {
      clearTimeout(alarm)
      alarm = 0
      gone.hidden = true
    })
    source.addEventListener("message", (event) => receive(JSON.parse(event.data)))
    source.addEventListener("error", () => {
      alarm ||= setTimeout(() => (gone.hidden = false), 1500)
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000)
    })
  }
  /* Only a page in sight listens: a browser keeps no more than six connections to a server, and each would take one. */
  const rest = () => {
    clearTimeout(alarm)
    alarm = 0
    source?.close()
    source = null
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()))
  addEventListener("pagehide", rest)
  addEventListener("pageshow", (event) => event.persisted && listen())

  /* Beside the body, so that nothing on the page can hide it; a popover is above all layers of the page. */
  document.documentElement.append(host)
  if (host.showPopover) {
    host.popover = "manual"
    host.showPopover()
  }
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, badge]
  if (!document.hidden) listen()
})()
