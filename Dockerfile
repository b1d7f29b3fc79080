# Readout in a container: `docker build --tag readout .`; docs/guides/server.md says how it is run.

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without scripts: `prepare` would build what is not here yet, and the image brings its own Node.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY data data
COPY model model
COPY patterns patterns
COPY samples samples
COPY sql sql
COPY static static
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production READOUT_DB=/record/readout.sqlite
COPY --from=build /app/package.json /app/package.json
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/data /app/data
COPY --from=build /app/model /app/model
COPY --from=build /app/patterns /app/patterns
COPY --from=build /app/sql /app/sql
COPY --from=build /app/dist /app/dist
COPY LICENSE /app/LICENSE
RUN install --directory --owner=node --group=node /record
USER node
WORKDIR /record
VOLUME /record
EXPOSE 4173
ENTRYPOINT ["node", "/app/dist/app/cli.js"]
# From inside a container everybody comes from elsewhere: nobody reads without the key that it prints, or a token.
CMD ["serve", "--host", "0.0.0.0", "--name", "127.0.0.1", "--name", "localhost"]
