# The command line alone, on Node. Build: docker build -t parity-prober .
FROM node:20-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm pack --silent --pack-destination /tmp
RUN mkdir /package && tar -xzf /tmp/parity-prober-*.tgz -C /package --strip-components=1
RUN npm prune --omit=dev --omit=peer --ignore-scripts --no-audit --no-fund && mv node_modules /package

FROM node:20-slim
COPY --from=build /package /opt/parity-prober
RUN ln -s /opt/parity-prober/dist/cli/main.js /usr/local/bin/parity
RUN mkdir -m 1777 /work
WORKDIR /work
USER node
ENTRYPOINT ["parity"]
