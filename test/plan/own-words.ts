import { LONGEST, SECTIONS, type Wording } from '../../electron/plan/wording.ts';

export const noWords: Wording = {
  firm: { zh: '', en: '' },
  tagline: { zh: '', en: '' },
  coverNote: { zh: '', en: '' },
  closing: { zh: '', en: '' },
  sections: {},
};

/** Every text is one's own, in both languages; each is found on paper as it stands here. */
export const ownWords: Wording = {
  firm: { zh: '江城梯度咨询', en: 'Jiangcheng Ladder Consulting' },
  tagline: { zh: '陪企业走好每一级', en: 'Every rung, together' },
  coverNote: { zh: '本册供董事会讨论使用。', en: 'Prepared for discussion by the board.' },
  closing: { zh: '感谢贵公司的信任，我们随时到访。', en: 'Thank you for your trust; we are a call away.' },
  sections: Object.fromEntries(
    SECTIONS.map((key, at) => [key, { zh: `自拟标题${at}号`, en: `Own heading no. ${at}` }]),
  ),
};

/** As long as the contract lets in, and full of what breaks templates. */
export const hostileWords = (text: string): Wording => {
  const both = (max: number) => {
    const full = text.repeat(Math.ceil(max / text.length)).slice(0, max);
    const whole = full.isWellFormed() ? full : full.slice(0, -1);
    return { zh: whole, en: whole };
  };
  return {
    firm: both(LONGEST.firm),
    tagline: both(LONGEST.tagline),
    coverNote: both(LONGEST.coverNote),
    closing: both(LONGEST.closing),
    sections: Object.fromEntries(SECTIONS.map((key) => [key, both(LONGEST.section)])),
  };
};
