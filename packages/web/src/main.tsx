import './styles/app.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { makeAppServices } from './app/services.ts'
import { startI18n } from './i18n/index.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

await startI18n()
createRoot(root).render(<App services={makeAppServices()} />)
