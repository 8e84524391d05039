/** A gauntlet.yaml that holds and is to be filled in. */
export const gauntletTemplate = `# yaml-language-server: $schema=./node_modules/parity-prober/schema/gauntlet.json
# Each part is optional: parity smoke, review and assess run one alone, parity gauntlet runs all that are here.

# What must be up, started in this order and stopped afterwards; what is ready already is used and not started.
# services:
#   - { name: db, command: [redis-server, --port, "6390"], ready: tcp://127.0.0.1:6390 }
#   - { name: api, command: [./bin/service, -port, "4110"], ready: "http://127.0.0.1:4110/health" }

# Checks that end with exit code 0. No shell runs a command; shell: "a | b" is for one.
smoke:
  - { name: old-is-up, command: ["true"], wait: { until: "http://127.0.0.1:3100/health", for: 10s } }
  - { name: new-is-up, command: ["true"], wait: { until: "http://127.0.0.1:4110/health", for: 10s } }
  # - { name: d1, command: [./scripts/d1.sh], timeout: 60s, env: { PORT: "4110" } }

# Reviewers of a change, each asked over HTTP; keys come from the environment.
# review:
#   diff: { base: v1.0, head: HEAD }
#   bundles: { core: ["src/core/**"], rest: ["**"] }
#   reviewers:
#     - { name: a, lineage: one, model: m-1, url: "http://127.0.0.1:8080/v1/chat", headers: { x-api-key: "\${KEY}" } }
#     - { name: b, lineage: two, model: m-2, url: "http://127.0.0.1:8080/v1/chat", headers: { x-api-key: "\${KEY}" } }

# The run of this tool: what parity run does.
parity: { config: parity.yaml }

# What the verdict and the scores are computed from.
# assess:
#   scorecard:
#     - dimension: Reproducibility
#       checks: [ { command: [npm, test], points: 6 }, { file: .ci/run, points: 4 } ]
#   risks: risks.yaml        # - { id: R-001, severity: HIGH, title: no backup, evidence: "src/a.go:17" }
#   claims: claims.yaml      # - { claim: it answers, test: "test/a.test.ts:3", risk: R-001 }
#   gates: [ { id: G1, title: unit tests, command: [npm, test] } ]
`;
