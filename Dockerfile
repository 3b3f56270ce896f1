# docs/ci.md#a-container says how to use it. Built from a clone: docker build --tag lockstep .
FROM node:22.20-bookworm-slim AS build
WORKDIR /build
# Alone, so that a change of the code installs nothing again.
COPY package.json package-lock.json .npmrc ./
COPY packages/engine/package.json packages/engine/
COPY packages/guardrails/package.json packages/guardrails/
COPY packages/cli/package.json packages/cli/
RUN npm ci --ignore-scripts
COPY . .
# The image holds what npm's users get, and nothing that built it.
RUN npm run build \
    && npm pack --workspace lockstep --pack-destination /tmp \
    && npm install --global --offline --prefix /out /tmp/lockstep-*.tgz

FROM node:22.20-bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git openssh-client \
    && rm -rf /var/lib/apt/lists/* \
    # What is mounted belongs to somebody else, whose repositories git would refuse.
    && git config --system --add safe.directory /src
COPY --from=build /out /usr/local
USER node
WORKDIR /src
ENTRYPOINT ["lockstep"]
CMD ["--help"]
