// Says before a sign-in ends, and lets whoever is still there stay. Without it the foot of the page says when.
const WARN_SECONDS = 180
const MOST_SECONDS = 86400

export function watchSession (box) {
  const words = box.querySelector('p')
  const button = box.querySelector('button')
  let timer

  const over = () => {
    words.textContent = 'You have been signed out. Nothing you typed is lost: when you send it, you are asked to sign in first.'
    button.hidden = true
  }
  const warn = (left) => {
    words.textContent = 'You will be signed out in ' + Math.max(1, Math.round(left / 60)) + ' minutes. What you typed stays on this page.'
    box.hidden = false
    timer = setTimeout(over, left * 1000)
  }
  const wait = (seconds) => {
    const left = Math.min(seconds, MOST_SECONDS)
    const before = Math.min(WARN_SECONDS, left)
    timer = setTimeout(() => warn(before), (left - before) * 1000)
  }
  button.addEventListener('click', async () => {
    clearTimeout(timer)
    const answer = await fetch(box.dataset.stay, { headers: { Accept: 'application/json' }, redirect: 'manual' })
    if (!answer.ok) return over()
    box.hidden = true
    wait((await answer.json()).seconds)
  })
  wait(Number(box.dataset.appSession))
}
