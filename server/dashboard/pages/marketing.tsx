// Marketing: may one address be written to, how many may be, who said no, and lists in and out.
import { useCallback } from 'preact/hooks';

import { AddressQuestion } from '../marketing/address-question.tsx';
import { Audience } from '../marketing/audience.tsx';
import { ListImport } from '../marketing/list-import.tsx';
import { marketing } from '../marketing/marketing-api.ts';
import { SuppressionList } from '../marketing/suppression-list.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import type { PageProps } from '../route.ts';
import { useMay } from '../session.ts';
import { Empty, Failure, Loading } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';

export function Page({ site }: PageProps) {
  const may = useMay(site);
  const { value, failure, again } = useAnswer(useCallback((signal) => marketing.sendings(site, signal), [site]));
  return (
    <>
      <PageHeader title="Marketing">
        <p class="note">Who may be written to, by what and by whom, and why.</p>
      </PageHeader>
      {failure && !value && <Failure failure={failure} again={again} />}
      {!failure && !value && <Loading what="channels and senders" />}
      {value?.length === 0 && (
        <Empty title="This site asks for no marketing">
          <p>Its configuration names no channel and no sender: see “marketing” in the documentation.</p>
        </Empty>
      )}
      {value && value.length > 0 && (
        <>
          <AddressQuestion site={site} sendings={value} />
          <Audience site={site} sendings={value} />
          {may('GET /v1/admin/sites/:site/suppressions') && <SuppressionList site={site} sendings={value} />}
          {may('POST /v1/admin/sites/:site/lists') && <ListImport site={site} sendings={value} />}
        </>
      )}
    </>
  );
}
