# The server as an image: compiled program, its run-time packages, country packs, mapping profiles. Nothing is downloaded when it runs.
#
# Tags instead of digests, because they could not be looked up where this was written. Whoever publishes the image
# replaces both FROM lines by name@sha256:… (docker buildx imagetools inspect node:24-bookworm-slim).

FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV CHECKPOINT_DISABLE=1
COPY package.json package-lock.json ./
# No package that is used here needs an install script; the one that does is the built-in Postgres.
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY . .
RUN node bin/build.mjs

FROM build AS packages
RUN mkdir /packages && cp package.json package-lock.json /packages/
WORKDIR /packages
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && node /app/bin/docker/runtime-packages.mjs .

FROM node:24-bookworm-slim
# The image installs nothing any more, so neither do those who get into it.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn-* /usr/local/bin/yarn*
WORKDIR /app
# Everything belongs to root and the server runs as node: it cannot change its own program. It may write var/ only
# (the installation's secret), which is a volume; the rest of the file system can be mounted read-only.
COPY --from=packages /packages/node_modules node_modules/
COPY --from=build /app/dist dist/
COPY --from=build /app/package.json ./
COPY --from=build /app/countries countries/
COPY --from=build /app/samples samples/
COPY --from=build /app/prisma/migrations prisma/migrations/
RUN mkdir var && chown node:node var && chmod 700 var
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
USER node
VOLUME /app/var
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
