import { initAll } from './govuk/govuk-frontend.min.js'
import { saveWhileTyping } from './autosave.js'
import { keepFresh } from './fresh.js'
import { numberKeys } from './keys.js'
import { watchSession } from './session.js'

initAll()
document.querySelectorAll('[data-app-autosave]').forEach(saveWhileTyping)
document.querySelectorAll('[data-app-fresh]').forEach(keepFresh)
document.querySelectorAll('[data-app-keys]').forEach(numberKeys)
document.querySelectorAll('[data-app-session]').forEach(watchSession)
