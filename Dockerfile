# The accessory's image: the command line on a small Java, restic, and every database's own tools. For amd64 and arm64.
#
# Whatever comes from elsewhere is named here and nowhere else. Images are pinned by the digest of their index, which
# covers both machines; bin/pin-image asks a registry for them anew. Debian's packages are proved by the keys of Debian's
# archive, which the base image holds. docs/deployment.md tells what is where and why.
ARG DEBIAN_IMAGE=docker.io/library/debian:trixie-slim@sha256:d7e12182ce18b85b93007c1dedf31f2d29e01ccf3182cc4017c709b6259bc132
ARG MAVEN_IMAGE=docker.io/library/maven:3.9.16-eclipse-temurin-25@sha256:93b8a14ea2f412782e4e842651273b4d903e35cc496284f178fbbe2d67d00976
ARG RESTIC_IMAGE=docker.io/restic/restic:0.19.1@sha256:136600b6ff6843d61d355f7f71f460a166429f35de6fd11b568fece3c9a4d510
ARG RCLONE_IMAGE=docker.io/rclone/rclone:1.75.0@sha256:b06aed988cf5967de7c25be5925240983981c757f4ed1ac9d2fa659d51d60548
ARG MYSQL_IMAGE=docker.io/library/mysql:8.4.10@sha256:c592c15aaf4a1961e15d82eb31ea5987dda862d1c4b1e93424438c0e91dc1f8d
ARG POSTGRESQL_14_IMAGE=docker.io/library/postgres:14-trixie@sha256:2f439458ab6a57a925825ae14f9d06910e4fe4a41c8d4a0ae06397e65b707e1b
ARG POSTGRESQL_15_IMAGE=docker.io/library/postgres:15-trixie@sha256:9b1d34adbce1dd07ee6e94b4a2cf698884b89bd44a6c9c12f5da8f3acbfe4957
ARG POSTGRESQL_16_IMAGE=docker.io/library/postgres:16.15-trixie@sha256:f1c3376c26f2609ab9f29f71f824103fe2fcd8ee0346485cb6122a4f93df6f94
ARG POSTGRESQL_17_IMAGE=docker.io/library/postgres:17.11-trixie@sha256:d74eeac9a635390a49bc21bd49fccd973de707e2a53a76ac49b552b8712ec46f
ARG POSTGRESQL_18_IMAGE=docker.io/library/postgres:18.6-trixie@sha256:4ef4dbc939d61acea57712655ddb4b4ab27419c913f94cca0cd57cb3ea3c2280
# Which PostgreSQL clients go into the image, oldest first. The last one's library serves all of them.
ARG POSTGRESQL_VERSIONS="14 15 16 17 18"

FROM ${RESTIC_IMAGE} AS restic
FROM ${RCLONE_IMAGE} AS rclone
FROM ${MYSQL_IMAGE} AS mysql
FROM ${POSTGRESQL_14_IMAGE} AS postgresql-14
FROM ${POSTGRESQL_15_IMAGE} AS postgresql-15
FROM ${POSTGRESQL_16_IMAGE} AS postgresql-16
FROM ${POSTGRESQL_17_IMAGE} AS postgresql-17
FROM ${POSTGRESQL_18_IMAGE} AS postgresql-18

# The jar from source, and a Java that holds no more than the jar uses.
FROM ${MAVEN_IMAGE} AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY kamal-backup-core kamal-backup-core
COPY kamal-backup-postgres kamal-backup-postgres
COPY kamal-backup-mysql kamal-backup-mysql
COPY kamal-backup-sqlite kamal-backup-sqlite
COPY kamal-backup-cli kamal-backup-cli
RUN mvn -B -ntp -q package -DskipTests -Dspotless.check.skip -Djacoco.skip
COPY docker/RenewClasses.java docker/
RUN java docker/RenewClasses.java kamal-backup-cli/target/kamal-backup-cli.jar
RUN jlink --add-modules java.base,java.logging,java.naming,java.xml,jdk.unsupported \
    --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 --output /opt/runtime

# Three programs out of each PostgreSQL's image, and the newest library they share.
FROM ${DEBIAN_IMAGE} AS postgresql-clients
ARG POSTGRESQL_VERSIONS
COPY docker/collect-postgresql /usr/local/bin/
RUN --mount=type=bind,from=postgresql-14,target=/from/14 \
    --mount=type=bind,from=postgresql-15,target=/from/15 \
    --mount=type=bind,from=postgresql-16,target=/from/16 \
    --mount=type=bind,from=postgresql-17,target=/from/17 \
    --mount=type=bind,from=postgresql-18,target=/from/18 \
    collect-postgresql /from /to ${POSTGRESQL_VERSIONS}

# MySQL's own client, with the libraries it was built with: its image is of another distribution.
FROM ${DEBIAN_IMAGE} AS mysql-client
COPY docker/collect-mysql /usr/local/bin/
RUN --mount=type=bind,from=mysql,target=/from collect-mysql /from /to

FROM ${DEBIAN_IMAGE} AS tools
# Not pinned by version: a rebuild is what brings security updates, and Debian drops the versions before.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates libgssapi-krb5-2 libldap2 libreadline8t64 mariadb-client-core openssh-client sqlite3 tini \
    # Its package would bring Perl, which takes 50 MB and is not needed for this one program.
    && apt-get download -o APT::Sandbox::User=root mariadb-client \
    && dpkg-deb --fsys-tarfile mariadb-client_*.deb | tar -x -C / ./usr/bin/mariadb-dump \
    && rm mariadb-client_*.deb \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/kamal-backup --shell /usr/sbin/nologin \
        kamal-backup \
    && mkdir -p /app /restore/files /var/lib/kamal-backup \
    && chmod 1777 /restore /restore/files /var/lib/kamal-backup \
    && install -d -m 700 /root/.ssh
COPY --from=restic /usr/bin/restic /usr/local/bin/restic
COPY --from=rclone /usr/local/bin/rclone /usr/local/bin/rclone
COPY --from=mysql-client /to /
COPY --from=postgresql-clients /to /
RUN ldconfig
COPY --from=build /opt/runtime /opt/java
COPY --from=build /src/kamal-backup-cli/target/kamal-backup-cli.jar /usr/local/lib/kamal-backup/
COPY docker/jvm.options /usr/local/lib/kamal-backup/
COPY docker/kamal-backup /usr/local/bin/
ENV LANG=C.UTF-8 \
    KAMAL_BACKUP_STATE_DIR=/var/lib/kamal-backup \
    KAMAL_BACKUP_POSTGRES_CLIENT_ROOT=/usr/lib/postgresql
WORKDIR /app

# One real backup, so that what it loads and links is ready when the real program starts.
FROM tools AS training
COPY docker/train /usr/local/bin/
RUN train /usr/local/lib/kamal-backup/kamal-backup.aot

# What is in the image, of which version.
FROM tools AS bill
COPY docker/bill-of-materials /usr/local/bin/
COPY --from=build /src/target/sbom.json /tmp/jar.json
# The list first, for jq is in no other stage. mariadb-dump was taken out of a package that is not installed.
# hadolint ignore=DL3008
RUN dpkg-query --show --showformat '${Package}\t${Version}\t${Architecture}\n' >/tmp/packages \
    && sed -n 's/^mariadb-client-core\t/mariadb-client\t/p' /tmp/packages >>/tmp/packages \
    && apt-get update && apt-get install -y --no-install-recommends jq \
    && bill-of-materials /tmp/jar.json /tmp/packages >/tmp/sbom.json

FROM tools
ARG VERSION=""
ARG REVISION=""
LABEL org.opencontainers.image.title="kamal-backup" \
      org.opencontainers.image.description="Backups you can prove, for apps deployed with Kamal" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=training /usr/local/lib/kamal-backup/kamal-backup.aot /usr/local/lib/kamal-backup/
COPY --from=bill /tmp/sbom.json /usr/local/lib/kamal-backup/
# Reads two files of the state folder; a backup that is overdue makes the container unhealthy.
HEALTHCHECK --interval=5m --timeout=30s --start-period=1m CMD ["kamal-backup", "status", "--state-only"]
ENTRYPOINT ["tini", "--"]
CMD ["kamal-backup", "schedule"]
