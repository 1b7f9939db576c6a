// The pieces that the service puts in front of the widget's first chunk: each is there only where the site configured it.
import type { SiteConfiguration } from './configuration.ts';

export const PIECES = [
  'signals-google',
  'signals-uet',
  'signals-clarity',
  'signals-us',
  'tcf-stub',
  'left-behind',
  'modal-banner',
] as const;
export type Piece = (typeof PIECES)[number];

type Configured = Pick<SiteConfiguration, 'consentMode' | 'microsoft' | 'tcf' | 'movingIn' | 'layout'>;

/** `brings`: the script comes with the banner. */
export function piecesOf(
  { consentMode, microsoft, tcf, movingIn, layout }: Partial<Configured>,
  jurisdiction: string,
  brings: boolean,
): Piece[] {
  const configured: Record<Piece, boolean | undefined> = {
    'signals-google': consentMode,
    'signals-uet': microsoft?.includes('uet'),
    'signals-clarity': microsoft?.includes('clarity'),
    'signals-us': jurisdiction.startsWith('US'),
    'tcf-stub': tcf !== undefined,
    'left-behind': movingIn !== undefined,
    'modal-banner': brings && layout === 'modal',
  };
  return PIECES.filter((piece) => configured[piece]);
}
