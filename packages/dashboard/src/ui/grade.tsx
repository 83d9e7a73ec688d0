import './grade.css'
import { useWords } from '../i18n/use-words.js'

/** A grade as a badge. */
export function Grade({ grade }: { readonly grade: string }) {
  const { t } = useWords()
  return (
    <span className={`grade grade-${grade}`}>
      <span className="hidden">{t('word.grade')} </span>
      {grade}
    </span>
  )
}
