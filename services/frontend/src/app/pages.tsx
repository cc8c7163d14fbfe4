// Which address shows which page; each page is loaded when it is first visited.
import { lazy, Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { Loading } from '@/components/feedback';
import { Page } from '@/components/page';
import { ErrorBoundary } from './error-boundary';
import { NotFoundPage } from './not-found-page';
import { OverviewPage } from './overview-page';
import { Shell } from './shell';

const ServicesPage = lazy(() => import('@/features/services/services-page'));
const ServicePage = lazy(() => import('@/features/services/service-page'));
const EnvironmentsPage = lazy(() => import('@/features/environments/environments-page'));
const CostPage = lazy(() => import('@/features/cost/cost-page'));
const SessionsPage = lazy(() => import('@/features/sessions/sessions-page'));
const UsersPage = lazy(() => import('@/features/users/users-page'));

export function Pages() {
  const { pathname } = useLocation();
  return (
    <Shell>
      <ErrorBoundary key={pathname}>
        <Suspense fallback={<Coming />}>
          <Routes>
            <Route path="/" element={<OverviewPage />} />
            <Route path="/services" element={<ServicesPage />} />
            <Route path="/services/:name" element={<ServicePage />} />
            <Route path="/environments" element={<EnvironmentsPage />} />
            <Route path="/cost" element={<CostPage />} />
            <Route path="/sessions" element={<SessionsPage />} />
            <Route path="/users" element={<UsersPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Routes>
        </Suspense>
      </ErrorBoundary>
    </Shell>
  );
}

function Coming() {
  return (
    <Page title="">
      <Loading />
    </Page>
  );
}
