BEGIN TRANSACTION;
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" VALUES(1,'rounds','0001_first','2026-11-30 06:24:54.530478');
CREATE TABLE "rounds_assignment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "stage" varchar(24) NOT NULL, "indicators" text NOT NULL CHECK ((JSON_VALID("indicators") OR "indicators" IS NULL)), "units" text NOT NULL CHECK ((JSON_VALID("units") OR "units" IS NULL)), "common" text NOT NULL CHECK ((JSON_VALID("common") OR "common" IS NULL)), "due" datetime NULL, "made_at" datetime NOT NULL, "ended_at" datetime NULL, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NOT NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "rounds_change" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "indicator" text NOT NULL, "reason" text NOT NULL, "reviewer" text NOT NULL, "day" date NULL, "place" text NOT NULL, "at" datetime NOT NULL, "old" real NULL, "new" real NOT NULL, "replaces_id" bigint NULL UNIQUE REFERENCES "rounds_change" ("id") DEFERRABLE INITIALLY DEFERRED, "objection_id" bigint NULL REFERENCES "rounds_objection" ("id") DEFERRABLE INITIALLY DEFERRED, "book_id" bigint NULL REFERENCES "rounds_officebook" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NOT NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "rounds_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "rounds_change" VALUES(1,'01-1','补件','王五','2026-03-02','D2','2026-11-30 06:25:02.224664',1.0,1.2,NULL,NULL,1,1,1,2);
INSERT INTO "rounds_change" VALUES(2,'01-1','第 1 号异议决定（成立）：属实','考核办','2026-11-30','','2026-11-30 06:25:10.725458',0.6,0.8,NULL,1,NULL,1,1,1);
CREATE TABLE "rounds_decision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "outcome" varchar(24) NOT NULL, "old" real NULL, "new" real NULL, "reason" text NOT NULL, "effect" text NOT NULL CHECK ((JSON_VALID("effect") OR "effect" IS NULL)), "at" datetime NOT NULL, "replaces_id" bigint NULL UNIQUE REFERENCES "rounds_decision" ("id") DEFERRABLE INITIALLY DEFERRED, "objection_id" bigint NOT NULL REFERENCES "rounds_objection" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NOT NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "rounds_decision" VALUES(1,'upheld',0.6,0.8,'属实','{"indicator": "01-1", "title": "\u56de\u590d\u7387", "old": 0.6, "new": 0.8, "own": {"unit": "XZ-01", "name": "\u4e1c\u4e61", "cohort": "\u5168\u4f53\u7ec4", "old": {"score": "0.60", "rank": "3", "grade": ""}, "new": {"score": "0.80", "rank": "3", "grade": ""}}, "others": [], "quotas": [], "problems": []}','2026-11-30 06:25:10.725458',NULL,1,1);
CREATE TABLE "rounds_department" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" text NOT NULL UNIQUE, "name" text NOT NULL, "ended_at" datetime NULL);
CREATE TABLE "rounds_entry" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "indicator" text NOT NULL, "reason" text NOT NULL, "reviewer" text NOT NULL, "day" date NULL, "place" text NOT NULL, "at" datetime NOT NULL, "category" text NOT NULL, "level" text NOT NULL, "field" text NOT NULL, "value" real NULL, "text" text NOT NULL, "replaces_id" bigint NULL UNIQUE REFERENCES "rounds_entry" ("id") DEFERRABLE INITIALLY DEFERRED, "book_id" bigint NULL REFERENCES "rounds_officebook" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NOT NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "rounds_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "rounds_event" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "seq" bigint NOT NULL UNIQUE, "at" datetime NOT NULL, "behind" real NOT NULL, "act" varchar(60) NOT NULL, "object" text NOT NULL, "body" text NOT NULL, "prev" varchar(64) NOT NULL UNIQUE, "hash" varchar(64) NOT NULL UNIQUE, "seat_id" bigint NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "rounds_event" VALUES(1,1,'2026-11-30 06:24:53.320132',0.0,'make','round county-2026','{"act":"make","after":{"engine":"0.9.0","public_key":"1XBzKsDZ7SYceLduQa5rD2KeYbU3zMVL2UGqPpPoWB0=","roster":"roster.csv","roster_given_sha256":"037dc25788491e4bad80e4eb6afe96dbf45fada03d085d3185ea57961c42d555","roster_sha256":"037dc25788491e4bad80e4eb6afe96dbf45fada03d085d3185ea57961c42d555","tree":"c947acb302992517c29ee44a1dd6bd05bb50457036be6c4af681e5c8238b02f7","tree_sha256":"c947acb302992517c29ee44a1dd6bd05bb50457036be6c4af681e5c8238b02f7","units":3,"year":2026},"at":"2026-11-30T06:24:53.320132Z","before":{},"object":"round county-2026","reason":"","rows":{"holiday 2026-01-01":"49e0c958f048d601f191ed21ad3550778d98f3c95f8b46329d723c97bdf5cc15","holiday 2026-01-02":"e11b5a78ad7b77e6ea485e029ee253e6ae767423805bd7922648d158a1fe7ea3","holiday 2026-01-03":"3a90f26c05c94c11ebf57ee6d2472e09bd61502b65dc531d58e5477f625dd1af","holiday 2026-01-04":"cbfdeb9c1b0f8a7e58f3ccf1349af98f2f89fa2ee3e288f09c351f0d87dcbfbc","holiday 2026-02-14":"919bacda6c8a955c96a8f998dade795d556509197ea03f12897e937014ae9e23","holiday 2026-02-15":"60dfd71c3d333541cd1263d9ab8db8d1fc029f6e613bf03122a64a4d2573bdc9","holiday 2026-02-16":"463deab7ae08087c0d136929dc038165b9be1b3f4ad4133c4e550ffa34e4f3f2","holiday 2026-02-17":"ac742d74e3b7afd281d87ed12b19113e385facf146bbada5c7d3a4e940d9dea1","holiday 2026-02-18":"cfb65f9db1d9b24749b8bf69f8bdfa0ca3d397f6d9c36e82cd2b0eeae2af6de4","holiday 2026-02-19":"6e808f660132ae7e40e92683585a45a0e5a2a6647b5964f6aee994deadd7792a","holiday 2026-02-20":"01b6f3dbb0b16e93792d8ea1fc556310e58dca9e0a0251710414b3a7bc45d1b9","holiday 2026-02-21":"6ea41d904d0d63e26dca31c37ca0ce202bf7fdecbd6f420df507ce6d274bbb52","holiday 2026-02-22":"fcaff8b2fb6bb001384de23a5434843ea5e8a421297675639a2adf7cfe21b172","holiday 2026-02-23":"c34f8466fb63d58e5e27b20787e538b7ac1e8b14c811d189872d0c095ff0a2e9","holiday 2026-02-28":"ce3734ce9c822d991791f97836351a70368cbbb6e04228e4c7b599a11c75ffb8","holiday 2026-04-04":"b1293b5dc7d5b231dd25d5482b5e7c7581250199c952d4b08430eea4dac34969","holiday 2026-04-05":"de73d48ac603668234eb8cdd5cb191b0b3bdfbfacfa6904696a52fb89028eaf5","holiday 2026-04-06":"9d094b5ea7acb0c1c05cb06156acc219743f62c198302c59311b3a7950d9ecf3","holiday 2026-05-01":"723d3da0d88e67d187408c4dcbd6fdbce987a23f3c186aa298dc070a30e98d34","holiday 2026-05-02":"fcc8da715b92b4f4a91f500c1c5177468edc7595d2b8b0b7b7b375fc03c8e5be","holiday 2026-05-03":"08d78764b15636ade7607eef1845f2e329ac007727b67f9b345e1fe8d77ab957","holiday 2026-05-04":"c844a213d9941c52a9392934f0ee4eda43265155b5625a145c3c8b94722e73be","holiday 2026-05-05":"5548f2c5a26d9affbd1f16a7e9dfbc927531ea22fd5097a3ffb0eb82e6d64ce0","holiday 2026-05-09":"fa0fb45c463766ec1e70e22034dd41f226bcd99e82fbf7c0d4d81c365edbfa5e","holiday 2026-06-19":"aeb16d4b9392291564f1cdfb27795e5ff1e5ebe08a7c3b18e4950c1e75cbfe31","holiday 2026-06-20":"cfbd417026f85d6f235899119b4f1f17fd9cc055f708b85a5ed3308a2f8e0ca5","holiday 2026-06-21":"a25877e793eadb3eb3dbe940de10cdf37f80a09daf65f3601b98306c45d09c5b","holiday 2026-09-20":"12a5545bd7ebf5553329a32a4e522bbb0755a5ceecbd2ab3d02ecf154ce23ee5","holiday 2026-09-25":"a99a5e8d6ee308ef8d9fefa066f083cf6f848d377186e56c1f630e245a68b245","holiday 2026-09-26":"303f2e4255bd57953d6812b5369409b4af6560f0f9c8246881fd0bbb66d1910b","holiday 2026-09-27":"49daf79d1af2025a2161fd69c50e184aa9bc3c912c85bda5448fd45494605ddd","holiday 2026-10-01":"cd0e49003854bcb1a94e37e0730426de51ffbad209d0a9d05167778ad311e8f3","holiday 2026-10-02":"e70f5453bea136264215799dc5eed03b1c94ef762cccedf9ea3a6565176655c7","holiday 2026-10-03":"60c3116be95318d29049206aa2d066776774ce00447ad63774bc2d4a48e466e1","holiday 2026-10-04":"3788ba4bbbc6492dcf8c3c22adbe885f4e360e0afca4298df54e4715c3595fd4","holiday 2026-10-05":"ad0fbb165f5c3f322a4fe2d932b079437ae5e1816e47bb80226b543f4e65cdd1","holiday 2026-10-06":"40747c8c0617c498186d736ae137b828126cc6fadd1d247c2a9e10f5b02ce63d","holiday 2026-10-07":"2477860d5eb53f748c607646fac7bed51380d40bbdf1bfb554c43fa8c3cb5980","holiday 2026-10-10":"6d811364254c04fe404ddadcbfd58a3f83781f59ab6ecfb2e213dc2fee962356","person 1":"073bd52e3cd365107faa2495ec752c92174da6dd06038d5c819b21b6dd20b480","person 2":"bf5b329d85c322000ab10d5dece75816085f887c81218d16f936a45adc54ad01","round county-2026":"8038b54f6c1bb2c83a346613106d56d0d727296cb7f8107db13cb0588bfb58b2","seat 1":"a26d22c41f0ebd0e206939ae6546eb21132fb859a1bdd5b09845d6e24a7eca2c","seat 2":"7d2246caf7a2ac0d78c8a04e5b07b0ca19da5457290123d38147969a64a09e71","unit BM-01":"ba1ec8182657c94b9feacc4829e937dc434e05548bc7959bdea458f9e98069b6","unit XZ-01":"fb15b6214adcafb24cb2584d880df2657733bdf49a601ace80242cabe51bf989","unit XZ-02":"8ef14853bf4b106098fb6963ce1b0908812d19c43cd6ef82c56c712e6eb9df9d"},"seat":{"n":1,"role":"office"},"seq":1}','0000000000000000000000000000000000000000000000000000000000000000','31ac73c9d91cde5ca4235a93090aee2e2e2ab29c535d394d1ea064d7d938121b',1);
INSERT INTO "rounds_event" VALUES(2,2,'2026-11-30 06:24:54.663813',0.0,'set_day','holiday 2026-03-04','{"act":"set_day","after":{"kind":"off","name":"停电"},"at":"2026-11-30T06:24:54.663813Z","before":{},"object":"holiday 2026-03-04","reason":"","rows":{"holiday 2026-03-04":"262988cd27ac43de3bafc4be9d400ab4bdce6a95f91073193386e988b8b58001"},"seat":{"n":1,"role":"office"},"seq":2}','31ac73c9d91cde5ca4235a93090aee2e2e2ab29c535d394d1ea064d7d938121b','7dfd18ef0842ca62b3f0ad46751fda54ac88f9d1b739ea9914c344af9381b3ae',1);
INSERT INTO "rounds_event" VALUES(3,3,'2026-11-30 06:24:54.747038',0.0,'move','round county-2026','{"act":"move","after":{"state":"open","submit_by":"2099-12-31T09:30:00.000000Z","version":2},"at":"2026-11-30T06:24:54.747038Z","before":{"state":"preparing","version":1},"object":"round county-2026","reason":"开始报送","rows":{"notice BM-01/3":"79aff4d70db279dbe69165301edf7be7300c8b7da4ade8bb8ea9b7680b225fa4","notice XZ-01/3":"25fd58c3de431a3962b70f15dfe4843646dbf215dc915215ddfde445b1c0b021","notice XZ-02/3":"14fb569bda5cf07557bd962964ed2f0fa4a6f7a0c023d4536cbe907a5dc738d5","round county-2026":"a6c0216a78473f048b03d06eacf22a56e51b0321657c15e86ccf4a13b7d3d81d"},"seat":{"n":1,"role":"office"},"seq":3}','7dfd18ef0842ca62b3f0ad46751fda54ac88f9d1b739ea9914c344af9381b3ae','2c35a6c2d7b2d390bc5531a0be8d221492dbb4b7850ba70661dc240ca26a008e',1);
INSERT INTO "rounds_event" VALUES(4,4,'2026-11-30 06:24:54.847261',0.0,'receive','submission XZ-01/1','{"act":"receive","after":{"engine":"0.9.0","late":false,"name":"1.xlsx","page":"8225d5cd3d9a276550ba4f7858d30d9912934ff2e100e82e685c7a1caa41ce08","receipt":"4fdda232cb3ef278072c4a4230a2443b668e1027ef53dca07bb1dc521d782f0d","sha256":"f57ef20527c0ca2df7808e73640fdfab23b813daf6a9e461195abe5e01c7c299"},"at":"2026-11-30T06:24:54.847261Z","before":{},"object":"submission XZ-01/1","reason":"","rows":{"submission XZ-01/1":"270c9882d26fd0d856f44ca719095475736195bcf11e60467cd3eb52ad00131b"},"seat":{"n":1,"role":"office"},"seq":4}','2c35a6c2d7b2d390bc5531a0be8d221492dbb4b7850ba70661dc240ca26a008e','ea0a23f581f7c880fac653732bcdd471bfd3638364b2dc9828d2940d8ddd8271',1);
INSERT INTO "rounds_event" VALUES(5,5,'2026-11-30 06:24:56.196286',0.0,'move','submission XZ-01/1','{"act":"move","after":{"state":"returned","version":2},"at":"2026-11-30T06:24:56.196286Z","before":{"state":"received","version":1},"object":"submission XZ-01/1","reason":"核对发现错误 1 个","rows":{"notice XZ-01/5":"e0cc774470dcd0c58cbdb88c41fe2d9dea41ca15113560bdedc9844aa6c8e7c3","submission XZ-01/1":"0d934067d4a59f7d956a2add8ea88084265d59a38c4baaa64d7a0750052672cb"},"seat":{"n":1,"role":"office"},"seq":5}','ea0a23f581f7c880fac653732bcdd471bfd3638364b2dc9828d2940d8ddd8271','464304b48439675351f8ce3f2f4ab86e4650028ecb0cb6133b1033b7a795f162',1);
INSERT INTO "rounds_event" VALUES(6,6,'2026-11-30 06:25:00.599421',0.0,'receive','submission XZ-01/2','{"act":"receive","after":{"engine":"0.9.0","late":false,"name":"2.xlsx","page":"cf0547cfc03fdd19fe18361c08d732bf6c58ba6f26b9f7e75f73bcbcdbcf58e3","receipt":"489a1d32ed447dd10be9f01380fe4aab4794efa7aa468b2ef07cd5b146a78e19","sha256":"c63d01f7580bf0ace1013bf40398a0ff6c58a25748f4d1dae52420b1dbd3a89c"},"at":"2026-11-30T06:25:00.599421Z","before":{},"object":"submission XZ-01/2","reason":"","rows":{"submission XZ-01/2":"d33afef9fc78a7c3a7348e395243050e3f6d5b8bc75dd2c7ac33e3a58235325e"},"seat":{"n":1,"role":"office"},"seq":6}','464304b48439675351f8ce3f2f4ab86e4650028ecb0cb6133b1033b7a795f162','3f550d42bd936fc51bfb1a1e8e30e83730b27a46fc676d019d4c00e3d30b9d63',1);
INSERT INTO "rounds_event" VALUES(7,7,'2026-11-30 06:25:00.599421',0.0,'receive','submission XZ-02/1','{"act":"receive","after":{"engine":"0.9.0","late":false,"name":"3.xlsx","page":"ddb0be5ff117e968e7eca110c17abdf2b14f78fe54992ff3eac0390a54100b91","receipt":"13f5c3876fee3059a93147d52116e4bcb3b53e9d82012ab97b77a61a55e7ca86","sha256":"1fd28bf66ac6d697df75cf7d1930f119cbb43806f0110830fcf66e28ffbcf3e8"},"at":"2026-11-30T06:25:00.599421Z","before":{},"object":"submission XZ-02/1","reason":"","rows":{"submission XZ-02/1":"5deb233bbf53b9289ccfd45141a4e27755eee639003b702ad45b9c32b09cccdb"},"seat":{"n":1,"role":"office"},"seq":7}','3f550d42bd936fc51bfb1a1e8e30e83730b27a46fc676d019d4c00e3d30b9d63','6ac91178ea723e1330fced61b7eed0afe022df50a8ba6bf5df672aeed8c19242',1);
INSERT INTO "rounds_event" VALUES(8,8,'2026-11-30 06:25:00.599421',0.0,'receive','submission BM-01/1','{"act":"receive","after":{"engine":"0.9.0","late":false,"name":"4.xlsx","page":"79fab392e060d7c193666663d7e90e05849bcab07ff7cbb984abe330a18c1eff","receipt":"bba8e31dd5c8d03cc1c69a62a01a29650db214f1e2581139ce567cd293c610fb","sha256":"a413da4ee1c621c047269d2802d31f8731fff8031ae1c0c917ef5aba9e9cfc48"},"at":"2026-11-30T06:25:00.599421Z","before":{},"object":"submission BM-01/1","reason":"","rows":{"submission BM-01/1":"be7b1189916d705e2bff75cf68bd2c17142a490163215ac771ce9966e0028031"},"seat":{"n":1,"role":"office"},"seq":8}','6ac91178ea723e1330fced61b7eed0afe022df50a8ba6bf5df672aeed8c19242','91c798d622d7b94cc1868268cf3e2dfa821f0999d5d31eb3933a82e08a1034a8',1);
INSERT INTO "rounds_event" VALUES(9,9,'2026-11-30 06:25:02.063488',0.0,'leave','unit BM-01','{"act":"leave","after":{"after":1,"for_answer":false,"until":"2099-12-31T09:30:00.000000Z"},"at":"2026-11-30T06:25:02.063488Z","before":{},"object":"unit BM-01","reason":"断网","rows":{"leave 1":"9d6bec9559b12364f8a2132ce19355a50d1399a8b753e773258281b3f5cb6a6a","unit BM-01":"ba1ec8182657c94b9feacc4829e937dc434e05548bc7959bdea458f9e98069b6"},"seat":{"n":1,"role":"office"},"seq":9}','91c798d622d7b94cc1868268cf3e2dfa821f0999d5d31eb3933a82e08a1034a8','14a459e93bd3fb769041cd571653c760541f2544bf309f751f96b6d8bb4d684f',1);
INSERT INTO "rounds_event" VALUES(10,10,'2026-11-30 06:25:02.133019',0.0,'move','submission XZ-02/1','{"act":"move","after":{"state":"accepted","version":2},"at":"2026-11-30T06:25:02.133019Z","before":{"state":"received","version":1},"object":"submission XZ-02/1","reason":"","rows":{"notice XZ-02/10":"aad4bb6846de16289bd93960284eb07b4a9dc24f01f8b730c84d3ab2da9f2414","submission XZ-02/1":"46d3a277e9db4728fd9e828c601d8376890fb5ffa97315bac77f1212c3304922"},"seat":{"n":1,"role":"office"},"seq":10}','14a459e93bd3fb769041cd571653c760541f2544bf309f751f96b6d8bb4d684f','39d477a5decb95812dcd3c5bacb8b27276358776c79554674479d4e6586d85dd',1);
INSERT INTO "rounds_event" VALUES(11,11,'2026-11-30 06:25:02.224664',0.0,'enter','office book 复核.csv/1','{"act":"enter","after":{"change":1,"figure":0,"mark":0,"name":"复核.csv","register":0,"ruling":0,"sha256":"788fc6a3778d44c08f1615a96328ae175cc7341a08fa3861af765fc976508e6a"},"at":"2026-11-30T06:25:02.224664Z","before":{},"object":"office book 复核.csv/1","reason":"","rows":{"change 复核.csv/1 XZ-02":"9c352499c0f61a8074176ad0e2ef72c308ea029c84755a0bac5bcbe200f63346","office book 复核.csv/1":"83c13df50c6f08c30f9803e40243129ebef8da4d8bdb11c0f178ccd62db4d3b7"},"seat":{"n":1,"role":"office"},"seq":11}','39d477a5decb95812dcd3c5bacb8b27276358776c79554674479d4e6586d85dd','a42d16d85c0fe604d4bc82f9984c9e9ea4af38979f59a0417e435042169895df',1);
INSERT INTO "rounds_event" VALUES(12,12,'2026-11-30 06:25:02.321995',0.0,'move','round county-2026','{"act":"move","after":{"state":"closed","version":3},"at":"2026-11-30T06:25:02.321995Z","before":{"state":"open","version":2},"object":"round county-2026","reason":"到期","rows":{"notice BM-01/12":"fddca57ef25e382b6396e5b8a4395fb75602f97c69ecb9aab0141583a4d2f841","notice XZ-01/12":"1494e088146656e6d1f15f97ed050bb28687f6407a935413de31d8f1f0e3dabd","notice XZ-02/12":"f0fefc3f194781859aba715fb3123cbb70b32d6dba6c2e88cef786a155ffecff","round county-2026":"c8e430bf967aef4674e88863a7079030c788b1a7ecf0296cb340b386521b61df"},"seat":{"n":1,"role":"office"},"seq":12}','a42d16d85c0fe604d4bc82f9984c9e9ea4af38979f59a0417e435042169895df','aad23c5dfbf04403807b3616219b8ba815963999af19e00f22b30aabbebabd16',1);
INSERT INTO "rounds_event" VALUES(13,13,'2026-11-30 06:25:02.392786',0.0,'move','round county-2026','{"act":"move","after":{"state":"first_review","version":4},"at":"2026-11-30T06:25:02.392786Z","before":{"state":"closed","version":3},"object":"round county-2026","reason":"到期","rows":{"round county-2026":"14160f9a6d37173cde8fd36961d530d845fda165d005d1a7576efff58061b714"},"seat":{"n":1,"role":"office"},"seq":13}','aad23c5dfbf04403807b3616219b8ba815963999af19e00f22b30aabbebabd16','a08835cf5021d513b1cd43f684b8ad518a4b4b56ee07c0c24ed96fc991d81031',1);
INSERT INTO "rounds_event" VALUES(14,14,'2026-11-30 06:25:02.458065',0.0,'move','round county-2026','{"act":"move","after":{"state":"second_review","version":5},"at":"2026-11-30T06:25:02.458065Z","before":{"state":"first_review","version":4},"object":"round county-2026","reason":"到期","rows":{"round county-2026":"aa29d750ba390669aa039364d3a007c94610d63b6cdb3951581184ef837e42d3"},"seat":{"n":1,"role":"office"},"seq":14}','a08835cf5021d513b1cd43f684b8ad518a4b4b56ee07c0c24ed96fc991d81031','2837a162a5f7341dfacf86fda6466fbadda734c8e4623b4e40f5177f03633483',1);
INSERT INTO "rounds_event" VALUES(15,15,'2026-11-30 06:25:06.287846',0.0,'move','round county-2026','{"act":"move","after":{"notice_told":"4ef7de5e5c4f18336ac98ee14f6f8418902b87478ebd8f5a5539c8d141632c2c","notified_at":"2026-11-30T06:25:06.287846Z","state":"notified","version":6},"at":"2026-11-30T06:25:06.287846Z","before":{"state":"second_review","version":5},"object":"round county-2026","reason":"到期","rows":{"notice BM-01/15":"0ca34aab52edb2ec92bf293d790bcbe743916c8c6f87c9821b0fffc2d280b930","notice XZ-01/15":"6931dcb40305160b95da8274daf9580fa756d867b7afa7169e806bd4704fe0a0","notice XZ-02/15":"022f8b4d8f970f748c7cc03eb6e874958b0649ca169f19632886d3cbf0319bdf","round county-2026":"45f843af454d37fcbd0d42f2b937bf055566afbfe4743e0800c918cdf495a504"},"seat":{"n":1,"role":"office"},"seq":15}','2837a162a5f7341dfacf86fda6466fbadda734c8e4623b4e40f5177f03633483','8f26d2b35d05456dce8bf45745a1ccb3376ab3415ca066e313ba2a421079444e',1);
INSERT INTO "rounds_event" VALUES(16,16,'2026-11-30 06:25:10.528760',0.0,'move','round county-2026','{"act":"move","after":{"notice_told":"780419c893946627c10ba1351b5f66d61a3d9bd3a55c1ed64944678860b62b17","objections_until":"2026-12-07T09:30:00.000000Z","state":"objections","version":7},"at":"2026-11-30T06:25:10.528760Z","before":{"state":"notified","version":6},"object":"round county-2026","reason":"到期","rows":{"notice BM-01/16":"fc65b32e4190af76d3dc146b84907ef88cda40017aa879da3a213d933ef2c62e","notice XZ-01/16":"080983b6649a5d29cbc8cf504ca360a60eb7815c19568f6cf7f888b4b67ccc33","notice XZ-02/16":"01b556054bcd9309db622496cc9367a79b35ecac2f76301634af6d72875c718e","round county-2026":"1ac3edfc1749df0317efe25222f4c368c00c7fe98f1b47bbfae3c083035025b8"},"seat":{"n":1,"role":"office"},"seq":16}','8f26d2b35d05456dce8bf45745a1ccb3376ab3415ca066e313ba2a421079444e','5c2c0cc98c3439e5ecf126eb41ed2f8bb097430112ec1e60e778c68703be860a',1);
INSERT INTO "rounds_event" VALUES(17,17,'2026-11-30 06:25:10.613479',0.0,'object','objection 1','{"act":"object","after":{"claim":"漏计一件","due":"2026-12-07T09:30:00.000000Z","evidence":"037dc25788491e4bad80e4eb6afe96dbf45fada03d085d3185ea57961c42d555","indicator":"01-1","unit":"XZ-01"},"at":"2026-11-30T06:25:10.613479Z","before":{},"object":"objection 1","reason":"","rows":{"evidence XZ-01/1":"865d6868240deda82e8a8e51495f5ca3431da3f8d58bda963c9aa1ec1d5ffe7e","notice office/17":"0ba00ea902e6b207d335025498441ee3f3485d2d494f546dabcb36140973d9ac","objection 1":"ec81e4856433118996c8ae7d4cf39b307c498148babdd6d234321205ea6fa36c"},"seat":{"n":1,"role":"office"},"seq":17}','5c2c0cc98c3439e5ecf126eb41ed2f8bb097430112ec1e60e778c68703be860a','3c5ca8007ad4c2e9c424611e0613dd1d54db303d50c36a35d31b5444a8a45910',1);
INSERT INTO "rounds_event" VALUES(18,18,'2026-11-30 06:25:10.725458',0.0,'move','objection 1','{"act":"move","after":{"state":"admitted","version":2},"at":"2026-11-30T06:25:10.725458Z","before":{"state":"filed","version":1},"object":"objection 1","reason":"属实","rows":{"notice XZ-01/18":"6a069a4a4844c76607cdad1b2ed7a07da831b4d51a55e6dbc3f9fff6d636627e","objection 1":"b44cbb3816d626ca555b9a07631dcb12a29b8d654696d5ccac0f35ad70b21226"},"seat":{"n":1,"role":"office"},"seq":18}','3c5ca8007ad4c2e9c424611e0613dd1d54db303d50c36a35d31b5444a8a45910','95c8ed28af20588c3cb61b09ddeea17c090a2df8d50a589bf7f6cb49df3a1236',1);
INSERT INTO "rounds_event" VALUES(19,19,'2026-11-30 06:25:10.725458',0.0,'move','objection 1','{"act":"move","after":{"assigned_to":1,"state":"assigned","version":3},"at":"2026-11-30T06:25:10.725458Z","before":{"state":"admitted","version":2},"object":"objection 1","reason":"属实","rows":{"objection 1":"800b478ee5b6dd302b0a9aa420abf6376c0aeeb2f8f441ea6440ef7e541d10c6"},"seat":{"n":1,"role":"office"},"seq":19}','95c8ed28af20588c3cb61b09ddeea17c090a2df8d50a589bf7f6cb49df3a1236','587153ca3ef7300627b8d8d2bc73255a57462b4f96c1f8c0f433047e24fee0b1',1);
INSERT INTO "rounds_event" VALUES(20,20,'2026-11-30 06:25:10.725458',0.0,'move','objection 1','{"act":"move","after":{"state":"drafted","version":4},"at":"2026-11-30T06:25:10.725458Z","before":{"state":"assigned","version":3},"object":"objection 1","reason":"属实","rows":{"objection 1":"7e71952e158c9c785f616fc520b7eb08c551dffe548cdf9b8efec31c5c9376d6"},"seat":{"n":1,"role":"office"},"seq":20}','587153ca3ef7300627b8d8d2bc73255a57462b4f96c1f8c0f433047e24fee0b1','92dced1c8e4eb0cba7614c682d1ba30b75f3de304c52bcf5a8323bd785bddf2a',1);
INSERT INTO "rounds_event" VALUES(21,21,'2026-11-30 06:25:10.725458',0.0,'move','objection 1','{"act":"move","after":{"state":"decided","version":5},"at":"2026-11-30T06:25:10.725458Z","before":{"state":"drafted","version":4},"object":"objection 1","reason":"属实","rows":{"objection 1":"07df53632f65162d04b36e15bbb7479b48d0f304e77e701fbd647da81eeb2894"},"seat":{"n":1,"role":"office"},"seq":21}','92dced1c8e4eb0cba7614c682d1ba30b75f3de304c52bcf5a8323bd785bddf2a','1fe3afb4bdc214ede58a826c1b10ff7d331e531699d4957986995781d120d16b',1);
INSERT INTO "rounds_event" VALUES(22,22,'2026-11-30 06:25:10.725458',0.0,'decide','objection 1','{"act":"decide","after":{"book":"36032f03dec558fccca42564e3821af162326b24e0ec6cf2481ef73395f01630","new":0.8,"old":0.6,"outcome":"upheld"},"at":"2026-11-30T06:25:10.725458Z","before":{},"object":"objection 1","reason":"属实","rows":{"change 2":"57169dd61d1392d258e94717bc1f4ec7e51b1ecf4888be0f6031dcf8bd015808","decision 1":"568a413860302d4dba77eb92da8037243cdd9e263672fa72d0d655a3a24ff06a","objection 1":"07df53632f65162d04b36e15bbb7479b48d0f304e77e701fbd647da81eeb2894","office book decisions.xlsx/1":"c4af493bddfbcdb6e22c6482ed4f2b4d421cc1f3ca68618b324b943a48f35ecb"},"seat":{"n":1,"role":"office"},"seq":22}','1fe3afb4bdc214ede58a826c1b10ff7d331e531699d4957986995781d120d16b','e6bf5a243619d67e175c49dd07237e24fc5d21cf85ebed56939501312511a734',1);
INSERT INTO "rounds_event" VALUES(23,23,'2026-11-30 06:25:10.725458',0.0,'move','objection 1','{"act":"move","after":{"state":"notified","version":6},"at":"2026-11-30T06:25:10.725458Z","before":{"state":"decided","version":5},"object":"objection 1","reason":"属实","rows":{"notice XZ-01/23":"fb60e7f3df7b3df723e75e4898ec3d44cea0905f0e9383ab630c487ca27d196f","objection 1":"464cfe88cd9fca516e93492b407898c13168585fff855639dab04294f779707e"},"seat":{"n":1,"role":"office"},"seq":23}','e6bf5a243619d67e175c49dd07237e24fc5d21cf85ebed56939501312511a734','75eca40a983f3a67856cb4e045886072b19209d3e34c246d107d36fee866da4d',1);
INSERT INTO "rounds_event" VALUES(24,24,'2026-11-30 06:25:18.113261',0.0,'move','round county-2026','{"act":"move","after":{"state":"final","version":8},"at":"2026-11-30T06:25:18.113261Z","before":{"state":"objections","version":7},"object":"round county-2026","reason":"到期","rows":{"round county-2026":"dcf581e9de276806665efda9fb384e89bc85d12e7553f6c561956a6217f58a1f"},"seat":{"n":1,"role":"office"},"seq":24}','75eca40a983f3a67856cb4e045886072b19209d3e34c246d107d36fee866da4d','e085b7d8f2d51d77d5dec8d281c7f387c4ed2cc8968085017a1013c9a5fb8fb7',1);
INSERT INTO "rounds_event" VALUES(25,25,'2026-11-30 06:25:23.176647',0.0,'run','run 1','{"act":"run","after":{"engine":"0.9.0","kind":"final","lang":"zh","manifest":"1501b7e1765b11910a3c14f8d491797a5962786df8b461349461bbcfac5114ca","outputs":"bbf697ea36d91b1d27d43e8db9c08a50e939cdf48d738a77c528f943dfd2031a","seq":24},"at":"2026-11-30T06:25:23.176647Z","before":{},"object":"run 1","reason":"","rows":{"run 1":"50e6a66de3bd3149e8f74de24f80444c58106fa32ee9ede13327e1a5fb7cf6ea"},"seat":{"n":1,"role":"office"},"seq":25}','e085b7d8f2d51d77d5dec8d281c7f387c4ed2cc8968085017a1013c9a5fb8fb7','366888894616d1d660106dc4f0d136251c52df6d1f3cf5517e1b5ad27c53631e',1);
INSERT INTO "rounds_event" VALUES(26,26,'2026-11-30 06:25:31.400878',0.0,'release','round county-2026','{"act":"release","after":{"by":"李某","outputs":"bbf697ea36d91b1d27d43e8db9c08a50e939cdf48d738a77c528f943dfd2031a","publication":1,"run":1,"state":"published","version":8},"at":"2026-11-30T06:25:31.400878Z","before":{},"object":"round county-2026","reason":"李某 同意：终评","rows":{"round county-2026":"dcf581e9de276806665efda9fb384e89bc85d12e7553f6c561956a6217f58a1f"},"seat":{"n":2,"role":"leader"},"seq":26}','366888894616d1d660106dc4f0d136251c52df6d1f3cf5517e1b5ad27c53631e','7781b69b36ee7a94815362ffc7502ea34b646588b46c1ec5e7033cc312b331f3',2);
INSERT INTO "rounds_event" VALUES(27,27,'2026-11-30 06:25:31.400878',0.0,'publish','publication 1','{"act":"publish","after":{"at":"2026-11-30T06:25:31.400878Z","changes":null,"fingerprint":"bbf697ea36d91b1d27d43e8db9c08a50e939cdf48d738a77c528f943dfd2031a","head":{"hash":"7781b69b36ee7a94815362ffc7502ea34b646588b46c1ec5e7033cc312b331f3","seq":26},"released_by":"李某","run":1,"scope":"public","seat":1,"told":"a83ca6181c1008235158c23f844d48433a9795039f82c855f6e6d55ffe079944","why":"终评"},"at":"2026-11-30T06:25:31.400878Z","before":{},"object":"publication 1","reason":"终评","rows":{"publication 1":"1f90c248cad32ab348e6cbab6fd00cbb13918fd258dedc29bd5eb5e50d943955"},"seat":{"n":1,"role":"office"},"seq":27}','7781b69b36ee7a94815362ffc7502ea34b646588b46c1ec5e7033cc312b331f3','7f0c54a3fde87c99260549b01aca9a5f862e2f116613f0e745ab5958f928d5a9',1);
INSERT INTO "rounds_event" VALUES(28,28,'2026-11-30 06:25:31.400878',0.0,'move','round county-2026','{"act":"move","after":{"state":"published","version":9},"at":"2026-11-30T06:25:31.400878Z","before":{"state":"final","version":8},"object":"round county-2026","reason":"终评","rows":{"notice BM-01/28":"7822b4fcd9216c334a9a2fed6ad6a8974b8c128e15890ee850b8c414ee2f4fb2","notice XZ-01/28":"b7e4a966f8e6470731c1279fcc645d48b8aa50ec65deef1928e447db8b67c8f0","notice XZ-02/28":"f19e67a4a19d7910a9c9c89002d194aff681eef6e39fb7565bb4f4d98ad9d612","round county-2026":"74856d6c5eecd53b67aaeca36eb1ae5e8c604583057b1fbb5abcfac16dfba956"},"seat":{"n":1,"role":"office"},"seq":28}','7f0c54a3fde87c99260549b01aca9a5f862e2f116613f0e745ab5958f928d5a9','2262f86311c9a8032fa18cc94bab229eb115e820c2960cfde5f0ddbab69dc5eb',1);
CREATE TABLE "rounds_evidence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "address" text NOT NULL, "title" text NOT NULL, "document_date" date NULL, "at" datetime NOT NULL, "file_id" bigint NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "rounds_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "evidence_file_or_address" CHECK ((("file_id" IS NOT NULL OR NOT ("address" = '')) AND 1 = (CASE WHEN "file_id" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN NOT ("address" = '') THEN 1 ELSE 0 END))));
INSERT INTO "rounds_evidence" VALUES(1,'','roster.csv',NULL,'2026-11-30 06:25:10.613479',3,1,1);
CREATE TABLE "rounds_file" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sha256" varchar(64) NOT NULL UNIQUE, "size" bigint NOT NULL, "name" text NOT NULL, "kind" varchar(24) NOT NULL, "received_at" datetime NOT NULL, "by_id" bigint NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "rounds_file" VALUES(1,'d9c904f5b6ecd7a3678aafa9feea840ef4c48f0ea01b7ae72cb75fac1216a43a',915,'tree.yaml','tree','2026-11-30 06:24:53.320132',NULL);
INSERT INTO "rounds_file" VALUES(2,'c947acb302992517c29ee44a1dd6bd05bb50457036be6c4af681e5c8238b02f7',80,'tree','folder','2026-11-30 06:24:53.320132',NULL);
INSERT INTO "rounds_file" VALUES(3,'037dc25788491e4bad80e4eb6afe96dbf45fada03d085d3185ea57961c42d555',74,'roster.csv','roster','2026-11-30 06:24:53.320132',NULL);
INSERT INTO "rounds_file" VALUES(4,'f57ef20527c0ca2df7808e73640fdfab23b813daf6a9e461195abe5e01c7c299',11296,'1.xlsx','submission','2026-11-30 06:24:54.847261',1);
INSERT INTO "rounds_file" VALUES(5,'8225d5cd3d9a276550ba4f7858d30d9912934ff2e100e82e685c7a1caa41ce08',3430,'XZ-01-1.html','page','2026-11-30 06:24:54.847261',1);
INSERT INTO "rounds_file" VALUES(6,'c63d01f7580bf0ace1013bf40398a0ff6c58a25748f4d1dae52420b1dbd3a89c',11297,'2.xlsx','submission','2026-11-30 06:25:00.599421',1);
INSERT INTO "rounds_file" VALUES(7,'cf0547cfc03fdd19fe18361c08d732bf6c58ba6f26b9f7e75f73bcbcdbcf58e3',3429,'XZ-01-2.html','page','2026-11-30 06:25:00.599421',1);
INSERT INTO "rounds_file" VALUES(8,'1fd28bf66ac6d697df75cf7d1930f119cbb43806f0110830fcf66e28ffbcf3e8',11294,'3.xlsx','submission','2026-11-30 06:25:00.599421',1);
INSERT INTO "rounds_file" VALUES(9,'ddb0be5ff117e968e7eca110c17abdf2b14f78fe54992ff3eac0390a54100b91',3429,'XZ-02-1.html','page','2026-11-30 06:25:00.599421',1);
INSERT INTO "rounds_file" VALUES(10,'a413da4ee1c621c047269d2802d31f8731fff8031ae1c0c917ef5aba9e9cfc48',11312,'4.xlsx','submission','2026-11-30 06:25:00.599421',1);
INSERT INTO "rounds_file" VALUES(11,'79fab392e060d7c193666663d7e90e05849bcab07ff7cbb984abe330a18c1eff',3435,'BM-01-1.html','page','2026-11-30 06:25:00.599421',1);
INSERT INTO "rounds_file" VALUES(12,'788fc6a3778d44c08f1615a96328ae175cc7341a08fa3861af765fc976508e6a',115,'复核.csv','office','2026-11-30 06:25:02.224664',1);
INSERT INTO "rounds_file" VALUES(13,'4ef7de5e5c4f18336ac98ee14f6f8418902b87478ebd8f5a5539c8d141632c2c',23,'notice.yaml','notice','2026-11-30 06:25:06.287846',1);
INSERT INTO "rounds_file" VALUES(14,'780419c893946627c10ba1351b5f66d61a3d9bd3a55c1ed64944678860b62b17',46,'notice.yaml','notice','2026-11-30 06:25:10.528760',1);
INSERT INTO "rounds_file" VALUES(15,'36032f03dec558fccca42564e3821af162326b24e0ec6cf2481ef73395f01630',11026,'decisions.xlsx','office','2026-11-30 06:25:10.725458',1);
INSERT INTO "rounds_file" VALUES(16,'1501b7e1765b11910a3c14f8d491797a5962786df8b461349461bbcfac5114ca',691,'manifest','folder','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(17,'e048f34f50011b2411719f7c3c5569e4c77aad6db9180588d3c459687a62441f',18196,'cards/BM-01.xlsx','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(18,'c7d03cfcd34800becf8790789f5de258603caa9618e5147a1f3905d72384d720',18497,'cards/XZ-01.xlsx','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(19,'2a16c01aa26088529ea7ee5aaa3529ad5e8d79a2fe07489e778ad4ed433d0148',18429,'cards/XZ-02.xlsx','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(20,'0a9f7241ec33826845f1754dd6b0917a022c564ff2c87e44ada280e4a3ed5db3',181,'figures.csv','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(21,'814005842ad5edec8b3a1ba5aa80d72e2b05ea59bfaf5a1ba20e63f4353cc4a3',669,'grounds.csv','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(22,'3b4e1db63af9c98b407d3fd87488e757139b064e9612d934aa07bf7f6e8c7f50',26335,'html/office/index.html','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(23,'d01b3100e322a570953ab4b09e7a54abd032282fd97055d4ae7ad4e18ab802e8',21465,'html/office/unit-BM-01.html','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(24,'6c881abfffca173ce92da1a5df3615f46968aa831040f5b3022750a8c4ab0597',22649,'html/office/unit-XZ-01.html','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(25,'10cff34e3d06688a05c36d069850a542d3f5e9b08121b53e6ab0849b73fa3c05',22507,'html/office/unit-XZ-02.html','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(26,'efe6fcc973fedfbd396e57b72cb2fe438277f3703b0241af433bb1389920359d',11466,'html/public/index.html','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(27,'aa2e9faea697344c7cf55b046b66751d44f1f270aeda38a13e416bd174722ee0',159,'ranking.csv','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(28,'f87ebb7ef7621b678ba73850352c3363ab2b8d4595a458f1de4128348feab4fd',35965,'scorecard.xlsx','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(29,'089ff0bdec2ed06276116577d35458b52598c1081958be897791c4f9a8560f1c',736,'scores.csv','output','2026-11-30 06:25:23.176647',1);
INSERT INTO "rounds_file" VALUES(30,'bbf697ea36d91b1d27d43e8db9c08a50e939cdf48d738a77c528f943dfd2031a',1141,'outputs','folder','2026-11-30 06:25:23.176647',1);
CREATE TABLE "rounds_holiday" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "day" date NOT NULL UNIQUE, "kind" varchar(24) NOT NULL, "name" text NOT NULL, "source" text NOT NULL);
INSERT INTO "rounds_holiday" VALUES(1,'2026-01-01','off','元旦','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(2,'2026-01-02','off','元旦','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(3,'2026-01-03','off','元旦','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(4,'2026-01-04','work','元旦','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(5,'2026-02-15','off','春节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(6,'2026-02-16','off','春节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(7,'2026-02-17','off','春节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(8,'2026-02-18','off','春节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(9,'2026-02-19','off','春节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(10,'2026-02-20','off','春节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(11,'2026-02-21','off','春节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(12,'2026-02-22','off','春节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(13,'2026-02-23','off','春节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(14,'2026-02-14','work','春节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(15,'2026-02-28','work','春节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(16,'2026-04-04','off','清明节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(17,'2026-04-05','off','清明节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(18,'2026-04-06','off','清明节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(19,'2026-05-01','off','劳动节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(20,'2026-05-02','off','劳动节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(21,'2026-05-03','off','劳动节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(22,'2026-05-04','off','劳动节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(23,'2026-05-05','off','劳动节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(24,'2026-05-09','work','劳动节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(25,'2026-06-19','off','端午节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(26,'2026-06-20','off','端午节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(27,'2026-06-21','off','端午节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(28,'2026-09-25','off','中秋节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(29,'2026-09-26','off','中秋节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(30,'2026-09-27','off','中秋节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(31,'2026-10-01','off','国庆节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(32,'2026-10-02','off','国庆节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(33,'2026-10-03','off','国庆节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(34,'2026-10-04','off','国庆节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(35,'2026-10-05','off','国庆节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(36,'2026-10-06','off','国庆节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(37,'2026-10-07','off','国庆节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(38,'2026-09-20','work','国庆节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(39,'2026-10-10','work','国庆节','国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）');
INSERT INTO "rounds_holiday" VALUES(40,'2026-03-04','off','停电','');
CREATE TABLE "rounds_leave" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "until" datetime NOT NULL, "after" integer NOT NULL, "for_answer" bool NOT NULL, "reason" text NOT NULL, "at" datetime NOT NULL, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NOT NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "rounds_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "rounds_leave" VALUES(1,'2099-12-31 09:30:00',1,0,'断网','2026-11-30 06:25:02.063488',1,1,3);
CREATE TABLE "rounds_mark" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "indicator" text NOT NULL, "reason" text NOT NULL, "reviewer" text NOT NULL, "day" date NULL, "place" text NOT NULL, "at" datetime NOT NULL, "value" real NULL, "evidence" varchar(24) NOT NULL, "assignment_id" bigint NULL REFERENCES "rounds_assignment" ("id") DEFERRABLE INITIALLY DEFERRED, "replaces_id" bigint NULL UNIQUE REFERENCES "rounds_mark" ("id") DEFERRABLE INITIALLY DEFERRED, "book_id" bigint NULL REFERENCES "rounds_officebook" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NOT NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "rounds_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "rounds_notice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(24) NOT NULL, "about" text NOT NULL, "act" varchar(60) NOT NULL, "due" datetime NULL, "made_at" datetime NOT NULL, "read_at" datetime NULL, "event_id" bigint NOT NULL REFERENCES "rounds_event" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "read_by_id" bigint NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "rounds_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "notice_to" CHECK ((("unit_id" IS NOT NULL OR NOT ("role" = '')) AND 1 = (CASE WHEN "unit_id" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN NOT ("role" = '') THEN 1 ELSE 0 END))));
INSERT INTO "rounds_notice" VALUES(1,'','round county-2026','preparing>open','2099-12-31 09:30:00','2026-11-30 06:24:54.747038',NULL,3,1,NULL,1);
INSERT INTO "rounds_notice" VALUES(2,'','round county-2026','preparing>open','2099-12-31 09:30:00','2026-11-30 06:24:54.747038',NULL,3,1,NULL,2);
INSERT INTO "rounds_notice" VALUES(3,'','round county-2026','preparing>open','2099-12-31 09:30:00','2026-11-30 06:24:54.747038',NULL,3,1,NULL,3);
INSERT INTO "rounds_notice" VALUES(4,'','submission XZ-01/1','received>returned','2099-12-31 09:30:00','2026-11-30 06:24:56.196286',NULL,5,1,NULL,1);
INSERT INTO "rounds_notice" VALUES(5,'','submission XZ-02/1','received>accepted',NULL,'2026-11-30 06:25:02.133019',NULL,10,1,NULL,2);
INSERT INTO "rounds_notice" VALUES(6,'','round county-2026','open>closed',NULL,'2026-11-30 06:25:02.321995',NULL,12,1,NULL,1);
INSERT INTO "rounds_notice" VALUES(7,'','round county-2026','open>closed',NULL,'2026-11-30 06:25:02.321995',NULL,12,1,NULL,2);
INSERT INTO "rounds_notice" VALUES(8,'','round county-2026','open>closed',NULL,'2026-11-30 06:25:02.321995',NULL,12,1,NULL,3);
INSERT INTO "rounds_notice" VALUES(9,'','round county-2026','second_review>notified',NULL,'2026-11-30 06:25:06.287846',NULL,15,1,NULL,1);
INSERT INTO "rounds_notice" VALUES(10,'','round county-2026','second_review>notified',NULL,'2026-11-30 06:25:06.287846',NULL,15,1,NULL,2);
INSERT INTO "rounds_notice" VALUES(11,'','round county-2026','second_review>notified',NULL,'2026-11-30 06:25:06.287846',NULL,15,1,NULL,3);
INSERT INTO "rounds_notice" VALUES(12,'','round county-2026','notified>objections','2026-12-07 09:30:00','2026-11-30 06:25:10.528760',NULL,16,1,NULL,1);
INSERT INTO "rounds_notice" VALUES(13,'','round county-2026','notified>objections','2026-12-07 09:30:00','2026-11-30 06:25:10.528760',NULL,16,1,NULL,2);
INSERT INTO "rounds_notice" VALUES(14,'','round county-2026','notified>objections','2026-12-07 09:30:00','2026-11-30 06:25:10.528760',NULL,16,1,NULL,3);
INSERT INTO "rounds_notice" VALUES(15,'office','objection 1','object','2026-12-07 09:30:00','2026-11-30 06:25:10.613479',NULL,17,1,NULL,NULL);
INSERT INTO "rounds_notice" VALUES(16,'','objection 1','filed>admitted',NULL,'2026-11-30 06:25:10.725458',NULL,18,1,NULL,1);
INSERT INTO "rounds_notice" VALUES(17,'','objection 1','decided>notified',NULL,'2026-11-30 06:25:10.725458',NULL,23,1,NULL,1);
INSERT INTO "rounds_notice" VALUES(18,'','round county-2026','final>published',NULL,'2026-11-30 06:25:31.400878',NULL,28,1,NULL,1);
INSERT INTO "rounds_notice" VALUES(19,'','round county-2026','final>published',NULL,'2026-11-30 06:25:31.400878',NULL,28,1,NULL,2);
INSERT INTO "rounds_notice" VALUES(20,'','round county-2026','final>published',NULL,'2026-11-30 06:25:31.400878',NULL,28,1,NULL,3);
CREATE TABLE "rounds_objection" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "n" integer NOT NULL, "indicator" text NOT NULL, "claim" text NOT NULL, "wanted" text NOT NULL, "filed_at" datetime NOT NULL, "late" bool NOT NULL, "due" datetime NULL, "state" varchar(24) NOT NULL, "version" integer NOT NULL, "evidence_id" bigint NULL REFERENCES "rounds_evidence" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "assigned_to_id" bigint NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "by_id" bigint NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "rounds_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "objection_number" UNIQUE ("round_id", "n"), CONSTRAINT "objection_state" CHECK ("state" IN ('filed', 'admitted', 'refused', 'assigned', 'drafted', 'decided', 'notified')));
INSERT INTO "rounds_objection" VALUES(1,1,'01-1','漏计一件','','2026-11-30 06:25:10.613479',0,'2026-12-07 09:30:00','notified',6,1,1,1,1,1);
CREATE TABLE "rounds_officebook" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" text NOT NULL, "n" integer NOT NULL, "errors" integer NOT NULL, "withdrawn" bool NOT NULL, "at" datetime NOT NULL, "file_id" bigint NOT NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NOT NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "replaces_id" bigint NULL UNIQUE REFERENCES "rounds_officebook" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "office_book_number" UNIQUE ("round_id", "name", "n"));
INSERT INTO "rounds_officebook" VALUES(1,'复核.csv',1,0,0,'2026-11-30 06:25:02.224664',12,1,1,NULL);
INSERT INTO "rounds_officebook" VALUES(2,'decisions.xlsx',1,0,0,'2026-11-30 06:25:10.725458',15,1,1,NULL);
CREATE TABLE "rounds_person" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "account" text NOT NULL UNIQUE, "name" text NOT NULL, "telephone" text NOT NULL, "ended_at" datetime NULL);
INSERT INTO "rounds_person" VALUES(1,'office','考核办','',NULL);
INSERT INTO "rounds_person" VALUES(2,'leader','领导','',NULL);
CREATE TABLE "rounds_publication" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "n" integer NOT NULL, "scope" varchar(24) NOT NULL, "fingerprint" varchar(64) NOT NULL, "told" text NOT NULL, "why" text NOT NULL, "released_by" text NOT NULL, "seq" bigint NOT NULL, "head" varchar(64) NOT NULL, "at" datetime NOT NULL, "changes_id" bigint NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "run_id" bigint NOT NULL REFERENCES "rounds_run" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NOT NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "publication_number" UNIQUE ("round_id", "n"));
INSERT INTO "rounds_publication" VALUES(1,1,'public','bbf697ea36d91b1d27d43e8db9c08a50e939cdf48d738a77c528f943dfd2031a','第 1 次公布（首次）：县考核，2026 年度，第 1 次计算
时间：2026年11月30日（星期一）14:25
原因：终评
同意公布：李某
须告知全部 3 个单位
结果指纹（sha256）：bbf697ea36d91b1d27d43e8db9c08a50e939cdf48d738a77c528f943dfd2031a
办理记录至第 26 件，指纹 7781b69b36ee7a94815362ffc7502ea34b646588b46c1ec5e7033cc312b331f3
','终评','李某',26,'7781b69b36ee7a94815362ffc7502ea34b646588b46c1ec5e7033cc312b331f3','2026-11-30 06:25:31.400878',NULL,1,1,1);
CREATE TABLE "rounds_round" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "code" text NOT NULL UNIQUE, "year" integer NOT NULL, "title" text NOT NULL, "submit_by" datetime NULL, "notified_at" datetime NULL, "closes" time NOT NULL, "objection_days" integer NOT NULL, "objections_until" datetime NULL, "contact" text NOT NULL, "visibility" varchar(24) NOT NULL, "state" varchar(24) NOT NULL, "version" integer NOT NULL, "made_at" datetime NOT NULL, "seq" bigint NOT NULL, "notice_id" bigint NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "notice_told_id" bigint NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "previous_id" bigint NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "roster_id" bigint NOT NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "tree_id" bigint NOT NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "weights_id" bigint NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "round_state" CHECK ("state" IN ('preparing', 'open', 'closed', 'first_review', 'second_review', 'notified', 'objections', 'final', 'published', 'archived')));
INSERT INTO "rounds_round" VALUES(1,'county-2026',2026,'县考核','2099-12-31 09:30:00','2026-11-30 06:25:06.287846','17:30:00',5,'2026-12-07 09:30:00','','own_card','published',9,'2026-11-30 06:24:53.320132',28,NULL,14,NULL,3,2,NULL);
CREATE TABLE "rounds_ruling" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "indicator" text NOT NULL, "reason" text NOT NULL, "reviewer" text NOT NULL, "day" date NULL, "place" text NOT NULL, "at" datetime NOT NULL, "granted" bool NOT NULL, "book_id" bigint NULL REFERENCES "rounds_officebook" ("id") DEFERRABLE INITIALLY DEFERRED, "replaces_id" bigint NULL UNIQUE REFERENCES "rounds_ruling" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NOT NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "rounds_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "rounds_run" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "n" integer NOT NULL, "kind" varchar(24) NOT NULL, "engine" varchar(40) NOT NULL, "seq" bigint NOT NULL, "problems" text NOT NULL CHECK ((JSON_VALID("problems") OR "problems" IS NULL)), "at" datetime NOT NULL, "manifest_id" bigint NOT NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "outputs_id" bigint NOT NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "seat_id" bigint NOT NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "run_number" UNIQUE ("round_id", "n"));
INSERT INTO "rounds_run" VALUES(1,1,'final','0.9.0',24,'[]','2026-11-30 06:25:23.176647',16,30,1,1);
CREATE TABLE "rounds_seat" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(24) NOT NULL, "began_at" datetime NOT NULL, "ended_at" datetime NULL, "department_id" bigint NULL REFERENCES "rounds_department" ("id") DEFERRABLE INITIALLY DEFERRED, "granted_by_id" bigint NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "person_id" bigint NOT NULL REFERENCES "rounds_person" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NULL REFERENCES "rounds_unit" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "rounds_seat" VALUES(1,'office','2026-11-30 06:24:53.320132',NULL,NULL,NULL,1,1,NULL);
INSERT INTO "rounds_seat" VALUES(2,'leader','2026-11-30 06:24:53.320132',NULL,NULL,NULL,2,1,NULL);
CREATE TABLE "rounds_submission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "n" integer NOT NULL, "name" text NOT NULL, "receipt" text NOT NULL, "engine" varchar(40) NOT NULL, "problems" text NOT NULL CHECK ((JSON_VALID("problems") OR "problems" IS NULL)), "blanks" integer NOT NULL, "errors" integer NOT NULL, "warnings" integer NOT NULL, "received_at" datetime NOT NULL, "late" bool NOT NULL, "state" varchar(24) NOT NULL, "version" integer NOT NULL, "by_id" bigint NULL REFERENCES "rounds_seat" ("id") DEFERRABLE INITIALLY DEFERRED, "file_id" bigint NOT NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "page_id" bigint NULL REFERENCES "rounds_file" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, "unit_id" bigint NOT NULL REFERENCES "rounds_unit" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "submission_number" UNIQUE ("unit_id", "n"), CONSTRAINT "submission_state" CHECK ("state" IN ('received', 'accepted', 'returned', 'withdrawn')));
INSERT INTO "rounds_submission" VALUES(1,1,'1.xlsx','法治政府建设考核 报送回执
考核：县考核（2026 年度）
单位：XZ-01 东乡
回执号：county-2026/XZ-01/1
文件：1.xlsx
文件指纹：f57ef20527c0ca2df7808e73640fdfab23b813daf6a9e461195abe5e01c7c299
收到时间：2026年11月30日（星期一）14:24
世界时：2026-11-30T06:24:54.847261Z
逾期：否
核对：错误 1、警告 0、未填 0
程序：lawgov-score 0.9.0
此前登记：3 2c35a6c2d7b2d390bc5531a0be8d221492dbb4b7850ba70661dc240ca26a008e
公钥：1XBzKsDZ7SYceLduQa5rD2KeYbU3zMVL2UGqPpPoWB0=
签名：NNYPVxKwh84Hdi1g4QgO+vEhpqyeYFoQVYt5THXu+QWgLVXrAuolhgIH5uc4gPeiKYTTjRzPRlCxKkp/iyNaCA==
','0.9.0','[{"code": "S208", "severity": "error", "path": "1.xlsx", "line": null, "column": null, "sheet": "\u586b\u62a5", "cell": "H2", "title": "\u201c\u56de\u590d\u4ef6\u6570\u201d\u4e0e\u201c\u6536\u5230\u4ef6\u6570\u201d\u76f8\u77db\u76fe", "expected": "\u4e0d\u5927\u4e8e\u201c\u6536\u5230\u4ef6\u6570\u201d\uff0810\uff09", "found": "11", "hint": "\u6838\u5bf9\u4e24\u683c\uff0c\u6539\u6b63\u586b\u9519\u7684\u4e00\u683c"}]',0,1,0,'2026-11-30 06:24:54.847261',0,'returned',2,1,4,5,1,1);
INSERT INTO "rounds_submission" VALUES(2,2,'2.xlsx','法治政府建设考核 报送回执
考核：县考核（2026 年度）
单位：XZ-01 东乡
回执号：county-2026/XZ-01/2
文件：2.xlsx
文件指纹：c63d01f7580bf0ace1013bf40398a0ff6c58a25748f4d1dae52420b1dbd3a89c
收到时间：2026年11月30日（星期一）14:25
世界时：2026-11-30T06:25:00.599421Z
逾期：否
核对：错误 0、警告 0、未填 0
程序：lawgov-score 0.9.0
此前登记：5 464304b48439675351f8ce3f2f4ab86e4650028ecb0cb6133b1033b7a795f162
公钥：1XBzKsDZ7SYceLduQa5rD2KeYbU3zMVL2UGqPpPoWB0=
签名：zz/Z9ZrppztP4MHd2gckd2Zh8e+r5GosqaU5AYyCKqlj75O/brkXmKUrq49zCB/+C5KtHyFiwylOAMg4l4M5Dg==
','0.9.0','[]',0,0,0,'2026-11-30 06:25:00.599421',0,'received',1,1,6,7,1,1);
INSERT INTO "rounds_submission" VALUES(3,1,'3.xlsx','法治政府建设考核 报送回执
考核：县考核（2026 年度）
单位：XZ-02 西乡
回执号：county-2026/XZ-02/1
文件：3.xlsx
文件指纹：1fd28bf66ac6d697df75cf7d1930f119cbb43806f0110830fcf66e28ffbcf3e8
收到时间：2026年11月30日（星期一）14:25
世界时：2026-11-30T06:25:00.599421Z
逾期：否
核对：错误 0、警告 0、未填 0
程序：lawgov-score 0.9.0
此前登记：6 3f550d42bd936fc51bfb1a1e8e30e83730b27a46fc676d019d4c00e3d30b9d63
公钥：1XBzKsDZ7SYceLduQa5rD2KeYbU3zMVL2UGqPpPoWB0=
签名：W9qAZYrIa/An3xJztNaTsT7zOOX8qthagf36x50ZbrpsZR/a22SIIQjuWLj2cPnhti7ZVjUw2ETCELhCKxmSDQ==
','0.9.0','[]',0,0,0,'2026-11-30 06:25:00.599421',0,'accepted',2,1,8,9,1,2);
INSERT INTO "rounds_submission" VALUES(4,1,'4.xlsx','法治政府建设考核 报送回执
考核：县考核（2026 年度）
单位：BM-01 教育局
回执号：county-2026/BM-01/1
文件：4.xlsx
文件指纹：a413da4ee1c621c047269d2802d31f8731fff8031ae1c0c917ef5aba9e9cfc48
收到时间：2026年11月30日（星期一）14:25
世界时：2026-11-30T06:25:00.599421Z
逾期：否
核对：错误 0、警告 0、未填 0
程序：lawgov-score 0.9.0
此前登记：7 6ac91178ea723e1330fced61b7eed0afe022df50a8ba6bf5df672aeed8c19242
公钥：1XBzKsDZ7SYceLduQa5rD2KeYbU3zMVL2UGqPpPoWB0=
签名：2Dp71LoPdgmfcZgk0O0LCamopFFP2Q1rcL7HwRt763bLOPZkA0BCE32lA+EJuCglVIknxNVnCe6LBJTUk0P0Ag==
','0.9.0','[]',0,0,0,'2026-11-30 06:25:00.599421',0,'received',1,1,10,11,1,3);
CREATE TABLE "rounds_unit" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" integer NOT NULL, "code" text NOT NULL, "name" text NOT NULL, "type" text NOT NULL, "cohort" text NOT NULL, "year" integer NULL, "contact" text NOT NULL, "ended_at" datetime NULL, "department_id" bigint NULL REFERENCES "rounds_department" ("id") DEFERRABLE INITIALLY DEFERRED, "round_id" bigint NOT NULL REFERENCES "rounds_round" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "unit_code" UNIQUE ("round_id", "code"));
INSERT INTO "rounds_unit" VALUES(1,1,'XZ-01','东乡','town','all',NULL,'',NULL,NULL,1);
INSERT INTO "rounds_unit" VALUES(2,2,'XZ-02','西乡','town','all',NULL,'',NULL,NULL,1);
INSERT INTO "rounds_unit" VALUES(3,3,'BM-01','教育局','bureau','all',NULL,'',NULL,NULL,1);
CREATE TABLE "rounds_use" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "indicator" text NOT NULL, "page" text NOT NULL, "evidence_id" bigint NOT NULL REFERENCES "rounds_evidence" ("id") DEFERRABLE INITIALLY DEFERRED, "submission_id" bigint NOT NULL REFERENCES "rounds_submission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX "rounds_seat_department_id_84d62454" ON "rounds_seat" ("department_id");
CREATE INDEX "rounds_seat_granted_by_id_fb4f228d" ON "rounds_seat" ("granted_by_id");
CREATE INDEX "rounds_seat_person_id_edeeac7d" ON "rounds_seat" ("person_id");
CREATE INDEX "rounds_seat_round_id_92948398" ON "rounds_seat" ("round_id");
CREATE INDEX "rounds_file_by_id_4b3c8f12" ON "rounds_file" ("by_id");
CREATE INDEX "rounds_event_seat_id_46de9403" ON "rounds_event" ("seat_id");
CREATE INDEX "rounds_decision_objection_id_43465ff9" ON "rounds_decision" ("objection_id");
CREATE INDEX "rounds_decision_seat_id_604d8580" ON "rounds_decision" ("seat_id");
CREATE INDEX "rounds_assignment_round_id_27ecdd4c" ON "rounds_assignment" ("round_id");
CREATE INDEX "rounds_assignment_seat_id_50547076" ON "rounds_assignment" ("seat_id");
CREATE INDEX "rounds_seat_unit_id_afae2293" ON "rounds_seat" ("unit_id");
CREATE INDEX "rounds_ruling_book_id_1ddbe891" ON "rounds_ruling" ("book_id");
CREATE INDEX "rounds_ruling_round_id_da75cbbf" ON "rounds_ruling" ("round_id");
CREATE INDEX "rounds_ruling_seat_id_84efb2d3" ON "rounds_ruling" ("seat_id");
CREATE INDEX "rounds_ruling_unit_id_be18560b" ON "rounds_ruling" ("unit_id");
CREATE INDEX "rounds_mark_assignment_id_07544566" ON "rounds_mark" ("assignment_id");
CREATE INDEX "rounds_mark_book_id_476d5625" ON "rounds_mark" ("book_id");
CREATE INDEX "rounds_mark_round_id_c9b7a464" ON "rounds_mark" ("round_id");
CREATE INDEX "rounds_mark_seat_id_c8ada880" ON "rounds_mark" ("seat_id");
CREATE INDEX "rounds_mark_unit_id_181abd1d" ON "rounds_mark" ("unit_id");
CREATE INDEX "rounds_leave_round_id_1effd381" ON "rounds_leave" ("round_id");
CREATE INDEX "rounds_leave_seat_id_2995d025" ON "rounds_leave" ("seat_id");
CREATE INDEX "rounds_leave_unit_id_1dd9fd22" ON "rounds_leave" ("unit_id");
CREATE INDEX "rounds_entry_book_id_ef6ead51" ON "rounds_entry" ("book_id");
CREATE INDEX "rounds_entry_round_id_31dfc5be" ON "rounds_entry" ("round_id");
CREATE INDEX "rounds_entry_seat_id_ee1ecbdf" ON "rounds_entry" ("seat_id");
CREATE INDEX "rounds_entry_unit_id_914859a2" ON "rounds_entry" ("unit_id");
CREATE INDEX "rounds_change_objection_id_4968248c" ON "rounds_change" ("objection_id");
CREATE INDEX "rounds_change_book_id_f1fac470" ON "rounds_change" ("book_id");
CREATE INDEX "rounds_change_round_id_9cfcd182" ON "rounds_change" ("round_id");
CREATE INDEX "rounds_change_seat_id_3d7fa9f0" ON "rounds_change" ("seat_id");
CREATE INDEX "rounds_change_unit_id_fe2a9655" ON "rounds_change" ("unit_id");
CREATE INDEX "rounds_use_evidence_id_fcd23980" ON "rounds_use" ("evidence_id");
CREATE INDEX "rounds_use_submission_id_0c12ab16" ON "rounds_use" ("submission_id");
CREATE INDEX "rounds_round_notice_id_99313695" ON "rounds_round" ("notice_id");
CREATE INDEX "rounds_round_notice_told_id_8b9a8888" ON "rounds_round" ("notice_told_id");
CREATE INDEX "rounds_round_previous_id_58192e40" ON "rounds_round" ("previous_id");
CREATE INDEX "rounds_round_roster_id_05cbe163" ON "rounds_round" ("roster_id");
CREATE INDEX "rounds_round_tree_id_3d1a7330" ON "rounds_round" ("tree_id");
CREATE INDEX "rounds_round_weights_id_c2ed5460" ON "rounds_round" ("weights_id");
CREATE INDEX "rounds_run_manifest_id_fc28eb8b" ON "rounds_run" ("manifest_id");
CREATE INDEX "rounds_run_outputs_id_50b58258" ON "rounds_run" ("outputs_id");
CREATE INDEX "rounds_run_round_id_0592f256" ON "rounds_run" ("round_id");
CREATE INDEX "rounds_run_seat_id_65fed3a9" ON "rounds_run" ("seat_id");
CREATE INDEX "rounds_publication_changes_id_a709f8b2" ON "rounds_publication" ("changes_id");
CREATE INDEX "rounds_publication_round_id_813fa251" ON "rounds_publication" ("round_id");
CREATE INDEX "rounds_publication_run_id_d56e94c4" ON "rounds_publication" ("run_id");
CREATE INDEX "rounds_publication_seat_id_4236c658" ON "rounds_publication" ("seat_id");
CREATE INDEX "rounds_officebook_file_id_ba4dc627" ON "rounds_officebook" ("file_id");
CREATE INDEX "rounds_officebook_round_id_f4644794" ON "rounds_officebook" ("round_id");
CREATE INDEX "rounds_officebook_seat_id_f0714cb0" ON "rounds_officebook" ("seat_id");
CREATE INDEX "rounds_unit_department_id_55e25dd2" ON "rounds_unit" ("department_id");
CREATE INDEX "rounds_unit_round_id_ac62a3bc" ON "rounds_unit" ("round_id");
CREATE INDEX "rounds_submission_by_id_84d295df" ON "rounds_submission" ("by_id");
CREATE INDEX "rounds_submission_file_id_9a500ba3" ON "rounds_submission" ("file_id");
CREATE INDEX "rounds_submission_page_id_c4efbed0" ON "rounds_submission" ("page_id");
CREATE INDEX "rounds_submission_round_id_452a7533" ON "rounds_submission" ("round_id");
CREATE INDEX "rounds_submission_unit_id_64cfc447" ON "rounds_submission" ("unit_id");
CREATE INDEX "rounds_objection_evidence_id_ca576816" ON "rounds_objection" ("evidence_id");
CREATE INDEX "rounds_objection_round_id_5717835f" ON "rounds_objection" ("round_id");
CREATE INDEX "rounds_objection_assigned_to_id_26e09936" ON "rounds_objection" ("assigned_to_id");
CREATE INDEX "rounds_objection_by_id_855de8f8" ON "rounds_objection" ("by_id");
CREATE INDEX "rounds_objection_unit_id_c23d5c63" ON "rounds_objection" ("unit_id");
CREATE INDEX "rounds_notice_event_id_f7b6e20d" ON "rounds_notice" ("event_id");
CREATE INDEX "rounds_notice_round_id_3d781542" ON "rounds_notice" ("round_id");
CREATE INDEX "rounds_notice_read_by_id_623107e4" ON "rounds_notice" ("read_by_id");
CREATE INDEX "rounds_notice_unit_id_6d162471" ON "rounds_notice" ("unit_id");
CREATE INDEX "rounds_evidence_file_id_56e516d5" ON "rounds_evidence" ("file_id");
CREATE INDEX "rounds_evidence_seat_id_e3c8df02" ON "rounds_evidence" ("seat_id");
CREATE INDEX "rounds_evidence_unit_id_47b7a177" ON "rounds_evidence" ("unit_id");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('rounds_round',1);
INSERT INTO "sqlite_sequence" VALUES('rounds_run',1);
INSERT INTO "sqlite_sequence" VALUES('rounds_publication',1);
INSERT INTO "sqlite_sequence" VALUES('rounds_officebook',2);
INSERT INTO "sqlite_sequence" VALUES('rounds_unit',3);
INSERT INTO "sqlite_sequence" VALUES('rounds_submission',4);
INSERT INTO "sqlite_sequence" VALUES('rounds_objection',1);
INSERT INTO "sqlite_sequence" VALUES('rounds_notice',20);
INSERT INTO "sqlite_sequence" VALUES('rounds_evidence',1);
INSERT INTO "sqlite_sequence" VALUES('django_migrations',1);
INSERT INTO "sqlite_sequence" VALUES('rounds_file',30);
INSERT INTO "sqlite_sequence" VALUES('rounds_holiday',40);
INSERT INTO "sqlite_sequence" VALUES('rounds_person',2);
INSERT INTO "sqlite_sequence" VALUES('rounds_seat',2);
INSERT INTO "sqlite_sequence" VALUES('rounds_event',28);
INSERT INTO "sqlite_sequence" VALUES('rounds_leave',1);
INSERT INTO "sqlite_sequence" VALUES('rounds_change',2);
INSERT INTO "sqlite_sequence" VALUES('rounds_decision',1);
COMMIT;
