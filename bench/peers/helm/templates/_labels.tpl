{{- define "services.labels" -}}
{{ include "services.selector" . }}
app.kubernetes.io/part-of: {{ .root.Release.Namespace }}
app.kubernetes.io/managed-by: groundplan
groundplan.dev/environment: {{ .root.Values.environment }}
{{- end }}

{{- define "services.selector" -}}
app.kubernetes.io/name: {{ .name }}
{{- end }}

{{- define "services.metadata" -}}
labels:
  {{- include "services.labels" . | nindent 2 }}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
{{- end }}
