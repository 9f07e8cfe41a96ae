import qrcode from 'qrcode-generator';
import { type ReactNode, useMemo } from 'react';

const MARGIN = 4;

/** A text as a picture for another device's camera, drawn here: it goes to nobody. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const { size, path } = useMemo(() => {
    const code = qrcode(0, 'M');
    code.addData(text);
    code.make();
    const n = code.getModuleCount();
    const rows = Array.from({ length: n }, (_, row) =>
      Array.from({ length: n }, (_, column) => (code.isDark(row, column) ? `M${column + MARGIN} ${row + MARGIN}h1v1h-1z` : '')).join(''),
    );
    return { size: n + 2 * MARGIN, path: rows.join('') };
  }, [text]);
  return (
    <svg className="rc-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
