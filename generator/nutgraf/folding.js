/* Stands before the search worker of Material, and makes it find words and figures however they are written: without accents
 * (café, Łódź), without the commas of a figure (4,800), with its currency or not ($4,800), and a question with its mark. Index and
 * query are folded alike; what is shown stays as it is. */
;(() => {
  "use strict"
  const SETUP = 0
  const QUERY = 2
  const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ŧ: "t", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th", "’": "'" }
  const special = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g")

  const fold = (text) =>
    text
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .normalize("NFC")
      .replace(special, (one) => LETTERS[one])
      .replace(/(?<=\d),(?=\d)/g, "")
  const bare = (word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "") || word
  const asked = (query) => fold(query).replace(/\p{Sc}(?=\d)|[?!.,;…]+(?=\s|$)/gu, "")

  addEventListener("message", ({ data: message }) => {
    if (message.type === QUERY) message.data = asked(message.data)
    if (message.type !== SETUP) return
    const { config } = message.data
    // A comma or a point between two digits parts no words.
    config.separator = `(?!(?<=\\d)[,.](?=\\d))(?:${config.separator})`
    const { Token } = self.lunr
    self.lunr.Token = function (text, metadata) {
      return new Token(bare(fold(text)), metadata)
    }
    self.lunr.Token.prototype = Token.prototype
  })
})()
