import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../../app/error-text.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { cx } from '../../../ui/classes.ts'
import { Kbd } from '../../../ui/kbd.tsx'
import { hasModifier } from '../../../ui/platform.ts'
import { toast } from '../../../ui/toast.tsx'
import { SOUL_LIMIT } from './soul-limit.ts'
import type { PersonaDraft } from './use-persona-draft.ts'

/** What is going on with the draft, and saving it. */
export function PersonaBar({ draft, view }: { draft: PersonaDraft; view: ReactNode }) {
  const { t } = useTranslation('agents')
  const errorText = useErrorText()
  const [problem, setProblem] = useState<unknown>(null)
  const save = async (): Promise<void> => {
    if (!draft.dirty || draft.saving) return
    setProblem(null)
    try {
      if (await draft.save()) toast({ tone: 'success', message: t('persona.saved') })
    } catch (error) {
      setProblem(error)
    }
  }
  useSaveKey(() => void save())
  const left = SOUL_LIMIT - draft.text.length
  return (
    <>
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-2">
        {view}
        <p
          className={cx(
            'order-last basis-full text-meta md:order-none md:basis-auto',
            left < 2000 ? 'text-warn' : 'text-muted',
          )}
        >
          {t('persona.size', { used: formatNumber(draft.text.length), limit: formatNumber(SOUL_LIMIT) })}
        </p>
        <p role="status" className="sr-only text-meta text-muted md:not-sr-only">
          {draft.dirty ? t('persona.unsaved') : ''}
        </p>
        <div className="ml-auto flex items-center gap-2">
          {draft.dirty ? (
            <Button size="sm" variant="quiet" disabled={draft.saving} onClick={() => draft.discard()}>
              {t('persona.discard')}
            </Button>
          ) : null}
          <Button size="sm" variant="primary" disabled={!draft.dirty} busy={draft.saving} onClick={() => void save()}>
            {t('persona.save')}
          </Button>
          <span className="hidden lg:inline">
            <Kbd keys="mod+s" />
          </span>
        </div>
      </div>
      {draft.theirs === null ? null : (
        <div role="alert">
          <Callout
            tone="warn"
            title={t('persona.conflictTitle')}
            action={
              <div className="flex flex-wrap gap-2">
                <Button size="sm" onClick={() => draft.discard()}>
                  {t('persona.useTheirs')}
                </Button>
                <Button size="sm" onClick={() => draft.keepMine()}>
                  {t('persona.keepMine')}
                </Button>
              </div>
            }
          >
            {t('persona.conflictText')}
          </Callout>
        </div>
      )}
      {problem === null ? null : (
        <div role="alert">
          <Callout tone="danger" title={t('persona.failed')}>
            {errorText(problem)}
          </Callout>
        </div>
      )}
    </>
  )
}

/** ⌘S saves, instead of the browser saving the page. */
function useSaveKey(save: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 's' || !hasModifier(event) || event.shiftKey || event.altKey) return
    event.preventDefault()
    save()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
}
