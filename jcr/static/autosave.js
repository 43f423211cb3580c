// Saves a form while somebody types, as its button to go on later does. Without it, the buttons save.
const PAUSE = 5000

export function saveWhileTyping (form) {
  const line = document.createElement('p')
  line.className = 'govuk-hint'
  line.setAttribute('role', 'status')
  form.append(line)
  let timer
  let leaving = false

  const save = async () => {
    if (leaving) return
    const typed = new FormData(form)
    typed.set('later', 'yes')
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(typed), redirect: 'manual', headers: { Accept: 'text/plain' } }).catch(() => null)
    // A page, such as one that asks for the code again, is no answer to a form that was saved
    const told = answer && answer.ok && (answer.headers.get('Content-Type') || '').startsWith('text/plain')
    const saved = told || (answer && answer.type === 'opaqueredirect')
    if (told && form.elements.seen) form.elements.seen.value = await answer.text()
    line.textContent = saved ? 'Saved at ' + new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }) : 'Not saved. Use the button to save; what you typed stays here.'
  }
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(save, PAUSE)
  })
  form.addEventListener('submit', () => {
    leaving = true
    clearTimeout(timer)
  })
}
