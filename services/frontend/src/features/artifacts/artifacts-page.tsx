// The files of releases and deployments: find, add, open one. What is opened is in the address.
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { Choice } from '@/components/choice';
import { ListState } from '@/components/list-state';
import { Page } from '@/components/page';
import { useHolds } from '@/hooks/use-session';
import { useUploads } from './api/transport';
import { useArtifacts } from './api/use-artifacts';
import { ArtifactDetails } from './components/artifact-details';
import { ArtifactRows } from './components/artifact-rows';
import { DropZone } from './components/drop-zone';
import { UploadRows } from './components/upload-rows';
import { filterOf, kinds, searchOf, type ArtifactFilter, type Kind } from './filter';
import { t } from './words';

export default function ArtifactsPage() {
  const operator = useHolds('operator');
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const list = useArtifacts(useDeferredValue(filter));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const opened = search.get('artifact');
  const asked = searchOf(filter).size > 0;

  function go(next: ArtifactFilter, artifact: string | null): void {
    const address = searchOf(next);
    if (artifact !== null) address.set('artifact', artifact);
    setSearch(address, { replace: artifact === null && opened === null });
  }

  return (
    <Page title={t('title')} summary={t('summary')}>
      {operator && <Sending />}
      <FilterBar
        filter={filter}
        onChange={(next) => {
          go(next, null);
        }}
      />
      <ListState
        list={list}
        count={items.length}
        icon={asked ? 'search' : 'artifacts'}
        empty={asked ? t('none') : t('empty')}
        hint={asked ? undefined : t(operator ? 'hint' : 'viewerHint')}
        unreadable={t('unreadable')}
        more={t('more')}
      >
        <ArtifactRows
          artifacts={items}
          onOpen={(artifact) => {
            go(filter, artifact);
          }}
        />
      </ListState>
      {opened !== null && (
        <ArtifactDetails
          artifact={opened}
          onClose={() => {
            go(filter, null);
          }}
        />
      )}
    </Page>
  );
}

function Sending() {
  const { uploads, shown } = useUploads();
  return (
    <>
      <DropZone
        onFiles={(files, kind) => {
          uploads.add(files, kind);
        }}
      />
      <UploadRows uploads={uploads} shown={shown} />
    </>
  );
}

interface FilterBarProps {
  filter: ArtifactFilter;
  onChange: (filter: ArtifactFilter) => void;
}

function FilterBar({ filter, onChange }: FilterBarProps) {
  return (
    <Box role="search" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 2 }}>
      <TextField
        label={t('search')}
        type="search"
        value={filter.q}
        onChange={(event) => {
          onChange({ ...filter, q: event.target.value });
        }}
        sx={{ width: { xs: '100%', sm: 280 } }}
      />
      <Choice
        label={t('kind')}
        any={t('anyKind')}
        value={filter.kind}
        options={kinds.map((kind) => [kind, kind] as const)}
        onChange={(kind) => {
          onChange({ ...filter, kind: kind as Kind | '' });
        }}
      />
    </Box>
  );
}
