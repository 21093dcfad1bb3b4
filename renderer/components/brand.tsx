/** The product's mark: two leaves over a check. */
export function Brand({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path
        d="M7 20.5 14 27 27 13"
        stroke="currentColor"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M14 17.5C14 10 9.6 6 3.5 6c0 6.6 3.8 11 10.5 11.5Z" fill="currentColor" opacity="0.55" />
      <path d="M15.5 14.2C15.7 8 19.4 3.9 25.5 3c.5 5.6-3.6 10.6-10 11.2Z" fill="currentColor" />
    </svg>
  );
}
