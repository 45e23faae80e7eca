/* Words and names open a short explanation: the note at the end of the page that has the same link.
 *
 * Hover (after a pause), click, tap and Enter open it; focus alone does not. Escape, a press elsewhere, another note, or
 * focus that leaves both the word and the note close it (the Popover API does the first three). With a modifier key the
 * link is followed, and without this script, too. WCAG 2.2: 1.4.13 content on hover or focus, 2.4.11 focus not obscured. */
(() => {
  "use strict"
  if (!HTMLElement.prototype.showPopover) return

  const PAUSE = 300 // milliseconds before hovering opens: long enough to pass over a word
  const GRACE = 250 // milliseconds to get from the word into the note
  const EDGE = 8 // pixels between a note and the edges of the screen
  const GAP = 7 // pixels between a note and its word, whose focus ring takes 5
  const WORDS = "a.term, a.who"

  let word = null // the link whose note is open
  let note = null // that note
  let opening = 0
  let closing = 0

  const noteOf = (link) => document.querySelector(`[data-note="${CSS.escape(link.getAttribute("href"))}"]`)
  const wordAt = (target) => {
    const link = target instanceof Element && target.closest(WORDS)
    // In a note a word is a link: a note over a note leads nobody back.
    return link && !link.closest("[popover]") && noteOf(link) ? link : null
  }

  /* Below the word or above it, wherever there is more room, and never over it. A word that wraps has several boxes: the
   * one that was pointed at counts. */
  const place = (x) => {
    const boxes = [...word.getClientRects()]
    const box = boxes.find((one) => x !== undefined && one.left <= x && x <= one.right) ?? boxes[0]
    if (!box) return
    const top = Math.min(...boxes.map((one) => one.top))
    const bottom = Math.max(...boxes.map((one) => one.bottom))
    const below = innerHeight - bottom - EDGE
    const above = top - EDGE
    Object.assign(note.style, { inset: "auto", margin: "0", position: "fixed", positionArea: "none", maxHeight: "none" })
    const height = note.offsetHeight + GAP
    const under = height <= below || below >= above
    note.style.maxHeight = `${Math.max(under ? below : above, 60) - GAP}px`
    const width = note.offsetWidth
    const left = Math.min(Math.max(box.left, EDGE), Math.max(document.documentElement.clientWidth - width - EDGE, EDGE))
    note.style.left = `${left}px`
    note.style.top = under ? `${bottom + GAP}px` : `${top - note.offsetHeight - GAP}px`
  }

  const close = () => {
    clearTimeout(opening)
    clearTimeout(closing)
    if (note?.matches(":popover-open")) note.hidePopover()
  }

  const open = (link, x) => {
    clearTimeout(opening)
    clearTimeout(closing)
    if (word === link && note?.matches(":popover-open")) return
    close()
    word = link
    note = noteOf(link)
    note.showPopover()
    word.setAttribute("aria-expanded", "true")
    place(x)
  }

  const later = () => {
    clearTimeout(closing)
    closing = setTimeout(() => {
      if (note && !note.contains(document.activeElement)) close()
    }, GRACE)
  }

  const said = document.createElement("div")
  said.className = "aloud"
  said.setAttribute("role", "status")
  document.querySelector(".ng")?.append(said)

  for (const link of document.querySelectorAll(WORDS)) {
    if (wordAt(link)) {
      link.setAttribute("aria-haspopup", "dialog")
      link.setAttribute("aria-expanded", "false")
    }
  }

  // Not `toggle`, which comes later: by then another note may be open. It does not bubble, so it is caught on its way down.
  document.addEventListener(
    "beforetoggle",
    (event) => {
      if (event.newState === "closed" && event.target === note) {
        word.setAttribute("aria-expanded", "false")
        // The browser gives focus back to where it was before the note opened: by keyboard, the word.
        if (note.contains(document.activeElement)) word.focus({ preventScroll: true })
        word = note = null
      }
    },
    true,
  )

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return
    const link = wordAt(event.target)
    clearTimeout(opening)
    if (link && link !== word) opening = setTimeout(() => open(link, event.clientX), PAUSE)
    else if (link || (note && note.contains(event.target))) clearTimeout(closing)
  })
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType !== "mouse") return
    const to = event.relatedTarget
    if (wordAt(event.target) && !(to instanceof Node && event.target.contains(to))) clearTimeout(opening)
    if (note && !(to instanceof Node && (note.contains(to) || word.contains(to)))) later()
  })

  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const link = wordAt(event.target)
    if (!link) return
    event.preventDefault()
    // A press on the word of an open note: the mouse is there already, a finger or a key means to close it.
    open(link, event.clientX || undefined)
    // Focus stays on the word, and the note is far from it: who listens is told what it says.
    if (note) said.textContent = [...note.querySelectorAll("p:not(.do)")].map((one) => one.textContent.trim()).join(" ")
  })

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || !note) return
    const links = [...note.querySelectorAll("a[href]")]
    const at = links.indexOf(document.activeElement)
    if (document.activeElement === word && !event.shiftKey) {
      event.preventDefault()
      links[0].focus()
    } else if (at === 0 && event.shiftKey) {
      event.preventDefault()
      word.focus()
    } else if (at === links.length - 1 && !event.shiftKey) {
      // On from the word, as if the note stood behind it.
      word.focus({ preventScroll: true })
      close()
    }
  })

  document.addEventListener("focusin", (event) => {
    if (note && event.target !== word && !note.contains(event.target)) close()
  })
  addEventListener("resize", close)
  addEventListener("scroll", () => note && place(), { passive: true })
})()

/* The glossary: a field that leaves the words that hold all that was typed, in any order, in their text or in what else
 * they are called; accents and case do not count. Nothing is kept: after a reload all words are there again. */
;(() => {
  "use strict"
  const find = document.querySelector(".ng > .find")
  if (!find) return

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  const field = find.querySelector("input")
  const told = find.querySelector("[role=status]")
  const letters = [...document.querySelectorAll(".ng > .letter")].map((section) => ({
    section,
    link: document.querySelector(`.letters a[href="#${section.querySelector("h2").id}"]`),
    words: [...section.querySelectorAll("dl > div")].map((word) => [word, plain(`${word.textContent} ${word.dataset.also ?? ""}`)]),
  }))

  const filter = () => {
    const wanted = plain(field.value).trim().split(/\s+/)
    let hits = 0
    for (const { section, link, words } of letters) {
      let here = 0
      for (const [word, text] of words) {
        word.hidden = !wanted.every((one) => text.includes(one))
        if (!word.hidden) here += 1
      }
      section.hidden = !here
      if (here) link.setAttribute("href", `#${section.querySelector("h2").id}`)
      else link.removeAttribute("href")
      hits += here
    }
    // The page tells it to screen readers, too (role status).
    told.textContent = field.value.trim() && told.dataset.hits.replace("#", hits)
  }

  field.value = ""
  field.addEventListener("input", filter)
  find.hidden = false
})()

/* A story: only what one of them says. A press hides what others say, another press takes that back. */
;(() => {
  "use strict"
  const voices = document.querySelector(".ng .voices")
  if (!voices) return

  const buttons = [...voices.querySelectorAll("button")]
  const told = voices.querySelector("[role=status]")
  const list = voices.querySelector("a")
  const statements = [...document.querySelectorAll(".ng .part .s[data-by]")]

  voices.addEventListener("click", (event) => {
    const pressed = event.target.closest("button")
    if (!pressed) return
    const voice = pressed.getAttribute("aria-pressed") === "true" ? null : pressed.dataset.voice
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.voice === voice))
    for (const one of statements) one.classList.toggle("lit", voice !== null && one.dataset.by.split(" ").includes(voice))
    document.querySelector(".ng").classList.toggle("only", voice !== null)
    told.textContent = voice ? pressed.dataset.told : ""
    list.hidden = !voice
    list.href = pressed.dataset.list
  })
})()

/* A story on a narrow screen: the line at its top says which part one is in. */
;(() => {
  "use strict"
  const contents = document.querySelector(".ng .contents")
  if (!contents) return

  const here = contents.querySelector(".here")
  const details = contents.querySelector("details")
  const summary = contents.querySelector("summary")
  const links = [...contents.querySelectorAll("a")]
  const parts = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))))
  let waiting = false

  const tell = () => {
    waiting = false
    if (!contents.offsetHeight) return
    const line = summary.getBoundingClientRect().bottom + 40
    const at = parts.findLastIndex((one) => one?.getClientRects().length && one.getBoundingClientRect().top <= line)
    if (links[at]?.hasAttribute("aria-current")) return
    for (const link of links) link.removeAttribute("aria-current")
    links[at]?.setAttribute("aria-current", "location")
    here.textContent = at < 0 ? "" : `: ${links[at].textContent}`
  }
  addEventListener("scroll", () => {
    if (!waiting) waiting = Boolean(requestAnimationFrame(tell))
  }, { passive: true })
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a")) details.open = false
  })
  document.addEventListener("click", (event) => {
    if (!contents.contains(event.target)) details.open = false
  })
  tell()
})()

/* Links within a page: an open record closes, and what the search found is gone to although the theme holds the page
 * still while its search closes. */
;(() => {
  "use strict"
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href*='#']")
    if (!link || link.pathname !== location.pathname) return
    const record = link.closest("[popover]:popover-open")
    if (record) record.hidePopover()
    if (!link.closest(".md-search")) return
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    setTimeout(() => target?.scrollIntoView(), 500)
  })
})()

/* The results of the search: the theme gives their links no name and no place in the order of the keyboard. */
;(() => {
  "use strict"
  const list = document.querySelector(".md-search-result__list")
  if (!list) return
  new MutationObserver(() => {
    for (const link of list.querySelectorAll("a.md-search-result__link")) {
      link.removeAttribute("tabindex")
      link.setAttribute("aria-label", [...link.querySelectorAll("h1, h2, p")].map((one) => one.textContent.trim()).join(": "))
    }
  }).observe(list, { childList: true, subtree: true })
})()

/* A record: copy the statement as others may quote it, with its hedge and its permanent address. Where the browser does
 * not let us (it wants HTTPS), the citation is shown instead. */
;(() => {
  "use strict"
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest(".ng .copy")
    if (!button) return
    const link = button.parentElement.querySelector("a").getAttribute("href")
    const page = document.querySelector("link[rel=canonical]")?.href ?? location.href
    const sentence = button.closest(".record").querySelector(".quote").textContent
    const citation = `“${sentence}” ${button.dataset.citation} ${new URL(link, page).href}`
    const told = button.parentElement.querySelector("[role=status]")
    try {
      await navigator.clipboard.writeText(citation)
      told.textContent = "Copied."
    } catch {
      told.textContent = citation
    }
  })
})()
