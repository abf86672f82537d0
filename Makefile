# Trackside. "make help" says what there is.
SHELL := /bin/sh
JAVA_HOME := $(shell bin/find-jdk)
export JAVA_HOME
MAVEN := mvn -B -ntp
JAR := target/trackside.jar
SOURCES := $(shell find src/main pom.xml -type f)

.DEFAULT_GOAL := help
.PHONY: help run test jar format image image-test pictures clean needs-jdk needs-maven

help: ## What there is
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "make %-12s %s\n", $$1, $$2}'

run: $(JAR) ## Start the server with a rehearsal to watch, at http://localhost:8080
	bin/trackside --demo

test: needs-jdk ## Install what tests need, build, and run every test
	scripts/install-for-tests
	$(MAVEN) verify

jar: $(JAR) ## Build target/trackside.jar

$(JAR): $(SOURCES) | needs-jdk needs-maven
	$(MAVEN) -q package -DskipTests
	@touch $(JAR)

format: needs-jdk needs-maven ## Format the sources
	$(MAVEN) -q com.spotify.fmt:fmt-maven-plugin:2.29:format

image: ## Build the container image with Docker
	docker build -t trackside .

image-test: ## Build and run the image without Docker (Debian, as root)
	scripts/image-test

pictures: needs-jdk needs-maven ## Take the pictures in docs/ anew
	$(MAVEN) -q test -Dtest=Pictures

clean: ## Remove what was built
	rm -rf target

needs-jdk:
	@test -n "$(JAVA_HOME)"

needs-maven:
	@command -v mvn >/dev/null || { echo "Maven is missing: install the package maven." >&2; exit 1; }
