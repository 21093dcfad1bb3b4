import { Input } from 'antd';
import type { TextAreaProps } from 'antd/es/input';

/**
 * A text area that grows with its text. Use this instead of antd's `autoSize`, which writes a style attribute that the
 * page's policy refuses; here the browser does it (field-sizing).
 */
export function GrowText({ className, ...rest }: Omit<TextAreaProps, 'autoSize'>) {
  return <Input.TextArea {...rest} className={className ? `grow-text ${className}` : 'grow-text'} />;
}
