/* Words and names open the note that has the same link: by hover, click, tap and Enter, not by focus alone. Focus that
 * leaves word and note closes it; all else the Popover API does. (WCAG 2.2, 1.4.13 and 2.4.11) */
(() => {
  "use strict"
  if (!HTMLElement.prototype.showPopover) return

  const PAUSE = 300 // ms before hovering opens: time to pass over a word
  const GRACE = 250 // ms from the word into the note
  const EDGE = 8 // px to the edges of the screen
  const GAP = 7 // px to its word, whose focus ring takes 5
  const WORDS = "a.term, a.who"

  let word = null // whose note is open
  let note = null
  let opening = 0
  let closing = 0

  const noteOf = (link) => document.querySelector(`[data-note="${CSS.escape(link.getAttribute("href"))}"]`)
  const wordAt = (target) => {
    const link = target instanceof Element && target.closest(WORDS)
    // Not in a note: a note over a note leads nobody back.
    return link && !link.closest("[popover]") && noteOf(link) ? link : null
  }

  /* Where there is more room, never over the word. Of one that wraps, the box that was pointed at counts. */
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

  // Not `toggle`, which comes too late. It does not bubble.
  document.addEventListener(
    "beforetoggle",
    (event) => {
      if (event.newState === "closed" && event.target === note) {
        word.setAttribute("aria-expanded", "false")
        if (note.contains(document.activeElement)) word.focus({ preventScroll: true })
        word = note = null
        said.textContent = ""
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
    open(link, event.clientX || undefined)
    // Focus stays on the word: who listens is told.
    if (note) said.textContent = [...note.querySelectorAll("p:not(.do)")].map((one) => one.textContent.trim()).join(" ")
  })

  // A record that opens out of a note would close with it, and take the focus along: the note goes first.
  document.addEventListener("click", (event) => {
    const mark = note && event.target instanceof Element && event.target.closest("button[popovertarget]")
    const record = mark && note.contains(mark) && document.getElementById(mark.getAttribute("popovertarget"))
    if (!record) return
    event.preventDefault()
    const back = word
    close()
    back.focus({ preventScroll: true })
    record.showPopover()
  })

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || !note) return
    const links = [...note.querySelectorAll("a[href], button")]
    const at = links.indexOf(document.activeElement)
    if (document.activeElement === word && !event.shiftKey) {
      event.preventDefault()
      links[0].focus()
    } else if (at === 0 && event.shiftKey) {
      event.preventDefault()
      word.focus()
    } else if (at === links.length - 1 && !event.shiftKey) {
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

/* The glossary: a field that leaves the words that hold all that was typed, in any order, whatever case and accents. */
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
    told.textContent = field.value.trim() && told.dataset.hits.replace("#", hits)
  }

  field.value = ""
  field.addEventListener("input", filter)
  find.hidden = false
})()

/* A story: one voice only. A line that stays in sight says so, and takes it back. */
;(() => {
  "use strict"
  const voices = document.querySelector(".ng .voices")
  if (!voices) return

  const buttons = [...voices.querySelectorAll("button")]
  const shown = document.querySelector(".ng > .shown")
  const statements = [...document.querySelectorAll(".ng .part .s[data-by]")]

  const show = (button) => {
    const voice = button?.dataset.voice
    for (const one of buttons) one.setAttribute("aria-pressed", String(one === button))
    for (const one of statements) one.classList.toggle("lit", one.dataset.by.split(" ").includes(voice))
    document.querySelector(".ng").classList.toggle("only", Boolean(button))
    shown.querySelector("p").textContent = button?.dataset.told ?? ""
    if (button) shown.querySelector("a").href = button.dataset.list
  }
  voices.addEventListener("click", (event) => {
    const pressed = event.target.closest("button")
    if (pressed) show(pressed.getAttribute("aria-pressed") === "true" ? null : pressed)
  })
  shown.querySelector("button").addEventListener("click", () => {
    const from = shown.getBoundingClientRect().top
    show()
    if (from < 100) voices.scrollIntoView({ block: "center" })
    voices.querySelector("summary").focus({ preventScroll: true })
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

/* Records. Besides Escape and a press elsewhere, a record closes when focus leaves it; on a phone also when the page is
 * scrolled on, and by Back, as a note does. */
;(() => {
  "use strict"
  const phone = matchMedia("(max-width: 34rem)")
  let record = null // that is open
  let shown = null // that record, or the note that is open
  let button = null // that opened it
  let from = 0
  let entry = false // whether the last entry of the history stands for it
  let leaving = false // whether that entry is being left, which takes a moment

  const enter = () => {
    // Nothing moves when that entry is left: the reader may have scrolled on.
    history.scrollRestoration = "manual"
    history.pushState("record", "")
    entry = true
  }

  document.addEventListener("click", (event) => {
    button = (event.target instanceof Element && event.target.closest("button.mark")) || button
  }, true)
  document.addEventListener("beforetoggle", (event) => {
    if (!event.target.matches(".record")) return
    if (event.newState === "closed") {
      record = shown = null
      // Another may be about to open, by the same press.
      setTimeout(() => {
        if (shown || !entry) return
        entry = false
        leaving = true
        history.back()
      })
      return
    }
    shown = event.target
    if (phone.matches && !entry && !leaving) enter()
    if (shown.matches(".note")) return
    record = shown
    from = scrollY
    record.setAttribute("aria-label", `Evidence: ${button?.getAttribute("aria-label")}`)
    if (!record.querySelector(".close")) {
      const row = record.querySelector(".do")
      row.insertAdjacentHTML("afterbegin", '<button type="button" class="copy">Copy a citation</button> ')
      row.insertAdjacentHTML("beforeend", ' <span role="status"></span>')
      record.insertAdjacentHTML("beforeend", '<button type="button" class="close" aria-label="Close">×</button>')
    }
  }, true)
  addEventListener("popstate", () => {
    entry = false
    if (!leaving) shown?.hidePopover()
    leaving = false
    // Another was opened meanwhile.
    if (shown && phone.matches) enter()
    else setTimeout(() => (history.scrollRestoration = "auto"))
  })
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return
    if (event.target.closest(".close")) record?.hidePopover()
    else if (entry && !event.defaultPrevented && event.target.closest("a[href]")) {
      // The entry stays: Back leads from there to this place.
      entry = false
      history.scrollRestoration = "auto"
    }
  })
  document.addEventListener("focusout", (event) => {
    const to = event.relatedTarget
    if (record?.contains(event.target) && to && to !== button && !record.contains(to)) record.hidePopover()
  })
  addEventListener("scroll", () => {
    if (record && phone.matches && Math.abs(scrollY - from) > 90) record.hidePopover()
  }, { passive: true })
})()

/* Links of a record or the search within the page take focus. The theme holds the page still while its search closes. */
;(() => {
  "use strict"
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest(".record a[href*='#'], .md-search a[href*='#']")
    if (!link || link.pathname !== location.pathname) return
    const found = link.closest(".md-search")
    link.closest("[popover]")?.hidePopover()
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!target) return
    if (!target.getClientRects().length) document.querySelector(".ng > .shown button")?.click()
    setTimeout(() => {
      target.tabIndex = -1
      target.focus({ preventScroll: true })
      target.scrollIntoView()
    }, found ? 500 : 0)
  })
})()

/*
The search: the theme closes it at Tab, and its results have no name and no place in the order of the keyboard. It opens some
moments after it has the focus: a Tab before that would go past the results.
*/
;(() => {
  "use strict"
  const search = document.querySelector(".md-search")
  const toggle = document.querySelector("[data-md-toggle=search]")
  if (!search || !toggle) return
  const list = search.querySelector(".md-search-result__list")
  new MutationObserver(() => {
    for (const link of list.querySelectorAll("a.md-search-result__link[tabindex]")) {
      link.removeAttribute("tabindex")
      link.setAttribute("aria-label", [...link.querySelectorAll("h1, h2, p")].map((one) => one.textContent.trim()).join(": "))
    }
  }).observe(list, { childList: true, subtree: true })
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return
    event.stopPropagation()
    if (!event.shiftKey && !toggle.checked) toggle.click()
  })
  search.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !search.contains(event.relatedTarget) && toggle.checked) toggle.click()
  })
})()

;(() => {
  "use strict"
  const sure = document.querySelector(".ng .sure input")
  sure?.addEventListener("change", () => {
    sure.closest(".tools").querySelector("[role=status]").textContent = sure.checked
      ? "Each sentence is underlined by how sure it is, with the word behind it, which its sign says in any case."
      : "The underlines are gone."
  })
})()

/* A record: copy the statement with its hedge and its permanent address. Where the browser does not let us (it wants
 * HTTPS), they are shown. */
;(() => {
  "use strict"
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest(".ng .copy")
    if (!button) return
    const row = button.parentElement
    const link = row.querySelector("a").getAttribute("href")
    const page = document.querySelector("link[rel=canonical]")?.href ?? location.href
    const sentence = button.closest(".record").querySelector(".quote").textContent
    const citation = `“${sentence}” ${row.dataset.citation} ${button.closest(".ng").dataset.cite} ${new URL(link, page).href}`
    const told = row.querySelector("[role=status]")
    try {
      await navigator.clipboard.writeText(citation)
      told.textContent = "Copied."
    } catch {
      told.textContent = citation
    }
  })
})()
