// Asks again for a part of a page that others change meanwhile. Without it the part is as it was when the page came.
const PAUSE = 15000

export function keepFresh (box) {
  const timer = setInterval(async () => {
    if (document.hidden) return
    const answer = await fetch(box.dataset.appFresh, { redirect: 'manual' }).catch(() => null)
    if (!answer) return
    if (!answer.ok) return clearInterval(timer)
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').body
    if (words(fresh) !== words(box)) box.replaceChildren(...fresh.childNodes)
  }, PAUSE)
}

function words (element) {
  return element.textContent.replace(/\s+/g, ' ').trim()
}
