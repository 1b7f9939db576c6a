// Data subjects' requests: the register, one of them (`…/requests/{id}`), and a new one (`…/requests/new`).
import { REQUEST_STATES } from '../../../shared/rights/request.ts';
import { NewRequest } from '../rights/new-request.tsx';
import { RequestList } from '../rights/request-list.tsx';
import { RequestView } from '../rights/request-view.tsx';
import type { PageProps } from '../route.ts';
import './requests.css';

const STATES: readonly string[] = ['all', ...REQUEST_STATES];

export function Page({ site, rest: [what = ''] }: PageProps) {
  if (what === 'new') return <NewRequest site={site} />;
  if (what === '' || STATES.includes(what)) return <RequestList site={site} state={what === '' ? null : what} />;
  return <RequestView key={what} site={site} id={what} />;
}
