import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';

const grades = ['gov', 'reprint', 'secondary', 'memory'];

/** How sure we are of a source: four bars filled from "recalled only" to "government page", the word, and why as tooltip. */
export function GradeTag(props: { grade: string }) {
  const { t } = useTranslation();
  const grade = grades.includes(props.grade) ? props.grade : 'memory';
  const strength = 4 - grades.indexOf(grade);
  return (
    <Tooltip title={t(`gradeHelp.${grade}`)}>
      <span className={`grade grade-${grade}`}>
        <span className="grade-bars" aria-hidden>
          {[1, 2, 3, 4].map((bar) => (
            <i key={bar} className={bar <= strength ? 'on' : undefined} />
          ))}
        </span>
        {t(`grade.${grade}`)}
      </span>
    </Tooltip>
  );
}
