// Which address shows which page; each page is loaded when it is first visited.
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { Loading } from '@/components/feedback';
import { Page } from '@/components/page';
import { ErrorBoundary } from './error-boundary';
import { NotFoundPage } from './not-found-page';
import { OverviewPage } from './overview-page';
import { Shell } from './shell';

const ServicesPage = lazy(() => import('@/features/services/services-page'));
const ServicePage = lazy(() => import('@/features/services/service-page'));
const EnvironmentsPage = lazy(() => import('@/features/environments/environments-page'));
const ReleasesPage = lazy(() => import('@/features/releases/releases-page'));
const ReleasePage = lazy(() => import('@/features/releases/release-page'));
const DeploymentsPage = lazy(() => import('@/features/deployments/deployments-page'));
const DeploymentPage = lazy(() => import('@/features/deployments/deployment-page'));
const WebhooksPage = lazy(() => import('@/features/deployments/webhooks-page'));
const ArtifactsPage = lazy(() => import('@/features/artifacts/artifacts-page'));
const CostPage = lazy(() => import('@/features/cost/cost-page'));
const TracesPage = lazy(() => import('@/features/traces/traces-page'));
const TracePage = lazy(() => import('@/features/traces/trace-page'));
const LogsPage = lazy(() => import('@/features/logs/logs-page'));
const MetricsPage = lazy(() => import('@/features/metrics/metrics-page'));
const ServiceMetricsPage = lazy(() => import('@/features/metrics/service-metrics-page'));
const ObjectivesPage = lazy(() => import('@/features/objectives/objectives-page'));
const AlertsPage = lazy(() => import('@/features/alerts/alerts-page'));
const ChannelsPage = lazy(() => import('@/features/alerts/channels-page'));
const IncidentPage = lazy(() => import('@/features/alerts/incident-page'));
const RunbooksPage = lazy(() => import('@/features/alerts/runbooks-page'));
const RunbookPage = lazy(() => import('@/features/alerts/runbook-page'));
const SessionsPage = lazy(() => import('@/features/sessions/sessions-page'));
const AuditPage = lazy(() => import('@/features/audit/audit-page'));
const SecurityPage = lazy(() => import('@/features/security/security-page'));
const MailsPage = lazy(() => import('@/features/mails/mails-page'));
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
            <Route path="/releases" element={<ReleasesPage />} />
            <Route path="/releases/:id" element={<ReleasePage />} />
            <Route path="/deployments" element={<DeploymentsPage />} />
            <Route path="/deployments/webhooks" element={<WebhooksPage />} />
            <Route path="/deployments/:id" element={<DeploymentPage />} />
            <Route path="/artifacts" element={<ArtifactsPage />} />
            <Route path="/cost" element={<CostPage />} />
            <Route path="/traces" element={<TracesPage />} />
            <Route path="/traces/:id" element={<TracePage />} />
            <Route path="/logs" element={<LogsPage />} />
            <Route path="/metrics" element={<MetricsPage />} />
            <Route path="/metrics/:service" element={<ServiceMetricsPage />} />
            <Route path="/objectives" element={<ObjectivesPage />} />
            <Route path="/alerts" element={<AlertsPage />} />
            <Route path="/alerts/channels" element={<ChannelsPage />} />
            <Route path="/incidents/:id" element={<IncidentPage />} />
            <Route path="/runbooks" element={<RunbooksPage />} />
            <Route path="/runbooks/:name" element={<RunbookPage />} />
            <Route path="/sign-in" element={<Navigate to="/" replace />} />
            <Route path="/security" element={<SecurityPage />} />
            <Route path="/mails" element={<MailsPage />} />
            <Route path="/sessions" element={<SessionsPage />} />
            <Route path="/users" element={<UsersPage />} />
            <Route path="/audit" element={<AuditPage />} />
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
