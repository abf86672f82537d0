FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src

# The downloads are a layer of their own, made anew only with a new pom.xml: one source file is
# enough to make the compiler's checkers come too. The goals are those of `package` without the
# test ones, which would fetch a browser driver far bigger than the server.
COPY pom.xml ./
COPY .mvn .mvn
COPY src/main/java/dev/trackside/package-info.java src/main/java/dev/trackside/
RUN mvn -B -ntp -q -Dfmt.skip process-classes jar:jar shade:shade@default && rm -r target
COPY loadtest/pom.xml loadtest/
COPY loadtest/src/main/java/dev/trackside/loadtest/package-info.java loadtest/src/main/java/dev/trackside/loadtest/
RUN mvn -B -ntp -q -f loadtest/pom.xml -Dfmt.skip process-classes jar:jar shade:shade@default && \
  rm -r loadtest/target

COPY src/main src/main
COPY scripts/Training.java scripts/
RUN mvn -B -ntp -q -Dfmt.skip process-classes jar:jar shade:shade@default && \
  javac -d target/training scripts/Training.java
COPY loadtest/src loadtest/src
RUN mvn -B -ntp -q -f loadtest/pom.xml -Dfmt.skip process-classes jar:jar shade:shade@default

# With the very Java that the image has: what the server notes for a quicker start fits no other.
FROM eclipse-temurin:25-jre AS trained
COPY bin/trackside bin/find-jdk bin/healthy /opt/trackside/bin/
COPY --from=build /src/target/trackside.jar /opt/trackside/lib/
COPY --from=build /src/target/training /training
RUN java -cp /training Training /opt/trackside/bin/trackside /opt/trackside/lib/trackside.aot

FROM eclipse-temurin:25-jre
COPY --from=trained /opt/trackside /opt/trackside
COPY --from=build /src/loadtest/target/loadtest.jar /opt/trackside/lib/
COPY loadtest/loadtest /opt/trackside/loadtest/

# A number, so that an orchestrator can see that it is not root.
RUN install -d -o 10001 -g 10001 /data
USER 10001:10001
ENV TRACKSIDE_DATA=/data
VOLUME /data
EXPOSE 8080

# The image has neither curl nor wget: bin/healthy asks with bash alone. It knows the port from
# TRACKSIDE_PORT, so set a port with that and not with --port.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["/opt/trackside/bin/healthy"]

# The launcher execs java, so the server is process 1 and hears SIGTERM itself. "loadtest race …" as
# the container's command starts the load test instead.
ENTRYPOINT ["/opt/trackside/bin/trackside"]
