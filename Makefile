# Trackside. "make help" says what there is.
SHELL := /bin/sh
JAVA_HOME := $(shell bin/find-jdk)
export JAVA_HOME
MAVEN := mvn -B -ntp
PROOF := $(MAVEN) -q verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false
JAR := target/trackside.jar
BUILT := target/trackside.aot
SECONDS := 600
TARGETS :=
ONLY :=
SOURCES := $(shell find src/main pom.xml scripts/Training.java -type f)

LOADTEST := loadtest/target/loadtest.jar
LOADTEST_SOURCES := $(shell find loadtest/src/main loadtest/peers loadtest/pom.xml -type f)

.DEFAULT_GOAL := help
.PHONY: help run check test jar format image image-test kill-rounds hub-model disk-full log-load phone-load tunnel spectator-speed spectator-budget attack fuzz mask-fuzz micro bench growth soak storm pictures clean needs-jdk needs-maven

help: ## What there is
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "make %-17s %s\n", $$1, $$2}'

run: $(BUILT) ## Start the server with a rehearsal to watch, at http://localhost:8080
	bin/trackside --demo

check: needs-jdk needs-maven ## What to run while you work: format, compile, unit tests
	$(MAVEN) test -Dchecks='-XepDisableAllChecks -XepExcludedPaths:.*/src/test/java/.*'

test: needs-jdk ## Install what tests need, build, and run every test
	scripts/install-for-tests
	rm -rf target/classes target/test-classes # make check compiles with few of Error Prone's checks
	$(MAVEN) verify
	$(MAVEN) -f loadtest/pom.xml verify

jar: $(BUILT) ## Build target/trackside.jar, and what it needs to start quickly

$(BUILT): $(SOURCES) | needs-jdk needs-maven
	$(MAVEN) -q package -DskipTests
	@touch $(BUILT)

format: needs-jdk needs-maven ## Format the sources
	$(MAVEN) -q com.spotify.fmt:fmt-maven-plugin:2.29:format
	$(MAVEN) -q -f loadtest/pom.xml com.spotify.fmt:fmt-maven-plugin:2.29:format

image: ## Build the container image with Docker
	docker build -t trackside .

image-test: ## Build and run the image without Docker (Debian, as root)
	scripts/image-test

kill-rounds: needs-jdk needs-maven ## Kill the server 100 times under load; writes docs/kill-rounds.md
	$(PROOF) -Dit.test=KillRoundsIT -Dkill.rounds=100 -Dproof.report=docs/kill-rounds.md

hub-model: needs-jdk needs-maven ## Play 100,000 random steps of following against a model; writes docs/hub-model.md
	$(MAVEN) -q test -Dtest='HubModelTest#*ManySteps' -Dhub.steps=100000 -Dproof.report=docs/hub-model.md

disk-full: needs-jdk needs-maven ## Fill the server's disk 10 times under load (as root); writes docs/disk-full.md
	$(PROOF) -Dit.test='DiskFullIT,BadFileIT' -Ddisk.cycles=10 -Dproof.report=docs/disk-full.md

log-load: $(BUILT) ## Measure the log under load; writes docs/log-load.md
	$(MAVEN) -q test-compile
	$(JAVA_HOME)/bin/java -Xmx256m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
	  -cp target/test-classes:$(JAR) dev.trackside.load.LogLoad --report=docs/log-load.md

phone-load: $(BUILT) ## Measure 2,000 phones that post once a second; writes docs/phone-load.md
	$(MAVEN) -q test-compile
	ulimit -n 16000 && $(JAVA_HOME)/bin/java -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
	  -cp target/test-classes:$(JAR) dev.trackside.load.PhoneLoad --report=docs/phone-load.md

tunnel: needs-jdk needs-maven ## Take the network from a running phone for 2 minutes; writes docs/tunnel.md
	$(PROOF) -Dit.test=TunnelIT -Dtunnel.seconds=120 -Dproof.report=docs/tunnel.md

spectator-speed: needs-jdk needs-maven ## Draw 2,000 runners in Chromium; writes docs/spectator-speed.md
	$(PROOF) -Dit.test='FieldIT#twoThousand*' -Dfield.seconds=30 -Dproof.report=docs/spectator-speed.md

spectator-budget: needs-jdk needs-maven ## Open the page on a slow phone; writes docs/spectator-budget.md
	$(PROOF) -Dit.test=BudgetIT -Dbudget.visits=9 -Dproof.report=docs/spectator-budget.md

attack: $(BUILT) ## Measure spectators beside callers who mean harm; writes docs/attack.md, docs/hostile-round.md
	$(MAVEN) -q test-compile
	ulimit -n 16000 && $(JAVA_HOME)/bin/java -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
	  -cp target/test-classes:$(JAR) dev.trackside.load.Attack --report=docs/attack.md
	ulimit -n 16000 && $(JAVA_HOME)/bin/java -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
	  -cp target/test-classes:$(JAR) dev.trackside.load.HostileRound --report=docs/hostile-round.md

fuzz: needs-jdk needs-maven ## Give the readers random bytes, 10 min each (SECONDS=60 TARGETS=frames,fields); writes docs/fuzz.md
	nice $(MAVEN) -q -Pfuzz test-compile exec:exec -Dexec.classpathScope=test -Dexec.executable=$(JAVA_HOME)/bin/java \
	  -Dexec.args='-cp %classpath dev.trackside.fuzz.Campaign --seconds=$(SECONDS) --targets=$(TARGETS) --report=docs/fuzz.md'

mask-fuzz: needs-jdk needs-maven ## Compare masks with brute force, 10 min of random days (SECONDS=60); writes docs/mask-fuzz.md
	$(MAVEN) -q -Pfuzz test-compile exec:exec -Dexec.classpathScope=test -Dexec.executable=$(JAVA_HOME)/bin/java \
	  -Dexec.args='--enable-native-access=ALL-UNNAMED -cp %classpath dev.trackside.run.MaskFuzz $(SECONDS) docs/mask-fuzz.md'

micro: needs-jdk needs-maven ## Benchmark what a position passes on its way; writes docs/micro.md
	$(MAVEN) -q -Pjmh -Dwarnings=-g test-compile exec:exec -Dexec.classpathScope=test -Dexec.executable=$(JAVA_HOME)/bin/java \
	  -Dexec.args='-cp %classpath dev.trackside.micro.Micro --only=$(ONLY) --report=docs/micro.md'

bench: $(BUILT) $(LOADTEST) ## Compare with Bun and with a loop of ctx.send (40 min; ONLY=race,idle); writes docs/performance.md
	loadtest/loadtest compare $(if $(ONLY),--only $(ONLY)) --report docs/performance.md

growth: $(BUILT) $(LOADTEST) ## Measure how costs grow (10 min); writes docs/performance.md
	loadtest/loadtest growth --rounds 3 --report docs/performance.md

soak: $(BUILT) $(LOADTEST) ## Keep 5,000 connections busy for 30 min; writes docs/performance.md
	loadtest/loadtest soak --report docs/performance.md

storm: $(BUILT) $(LOADTEST) ## Restart the server under 10,000 spectators, by SIGTERM and by SIGKILL; writes docs/performance.md
	loadtest/loadtest storm --report docs/performance.md
	loadtest/loadtest storm --kill --report docs/performance.md

$(LOADTEST): $(LOADTEST_SOURCES) | needs-jdk needs-maven
	$(MAVEN) -q -f loadtest/pom.xml package -DskipTests
	@touch $(LOADTEST)

pictures: needs-jdk needs-maven ## Take the pictures in docs/ anew
	$(MAVEN) -q test -Dtest=Pictures

clean: ## Remove what was built
	rm -rf target loadtest/target

needs-jdk:
	@test -n "$(JAVA_HOME)"

needs-maven:
	@command -v mvn >/dev/null || { echo "Maven is missing: install the package maven." >&2; exit 1; }
