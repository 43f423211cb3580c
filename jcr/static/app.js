import { initAll } from './govuk/govuk-frontend.min.js'
import { numberKeys } from './keys.js'

initAll()
document.querySelectorAll('[data-app-keys]').forEach(numberKeys)
