// Made by scripts/vendor-list.ts from IAB Europe's Global Vendor List. Not to be edited by hand.
export const VENDOR_LIST_SOURCE = {
  publisher: 'IAB Europe, Global Vendor List',
  version: 17,
  /** ISO day. */
  date: '2023-09-07',
} as const;

/** A vendor a line: number, name, purposes on consent, purposes on legitimate interest (each a hexadecimal digit), by tabs. */
export const VENDOR_LINES: readonly string[] = `1	Exponential Interactive, Inc d/b/a VDX.tv	1234789a	
2	Captify Technologies Limited	123479a	
6	AdSpirit GmbH	123479	
8	Emerse Sverige AB	134	2789
10	Index Exchange Inc.	127	
11	Quantcast	134	2789a
12	BeeswaxIO Corporation	12347	
13	Sovrn, Inc.	123579a	
14	Adkernel LLC	1349a	27
15	Adikteev	1234569ab	78
16	RTB House S.A.	123479a	
20	N.Rich Technologies Inc.	134	2789a
21	The UK Trade Desk Ltd	134	27a
22	admetrics GmbH	78	
23	Amobee Inc.	1234	79a
24	Epsilon	12345679a	
26	Venatus Media Limited	1234789a	
27	ADventori SAS	1247	
28	TripleLift, Inc.	134	279a
29	ETARGET SE	123478a	
30	BidTheatre AB	1347	2
31	Ogury Ltd	1	279a
32	Xandr, Inc.	134	27a
33	ShareThis, Inc	135	
34	NEORY GmbH	123456789ab	
36	Unruly Group LLC	1349	27a
37	NEURAL.ONE	1347	
39	ADITION (Virtual Minds GmbH)	123479a	
40	Active Agent (Virtual Minds GmbH)	123479a	
42	Taboola Europe Limited	12345678ab	
44	Adex (Virtual Minds GmbH)	123456789ab	
45	Smart Adserver	1247a	
46	Skimbit Ltd		78a
47	ADMAN - Phaistos Networks, S.A.	1234789a	
48	NetSuccess, s.r.o.	134	279a
49	Jellyfish France	123456	789a
50	Adform A/S	134	27a
52	Magnite, Inc.	1345	27a
53	Sirdata	134569	278ab
55	Madison Logic, Inc.	12345678ab	
56	Confiant Inc.		
57	RATEGAIN ADARA INC	123479a	
58	33Across	12347a	
59	Sift Media, Inc	2	
60	Rakuten Marketing LLC	134	279a
61	GumGum, Inc.	12347	
62	Justpremium BV	127	
66	adsquare GmbH	123456789ab	
69	OpenX	127a	
70	Yieldlab (Virtual Minds GmbH)	12347a	
71	Roku Advertising Services	134	279a
73	Simplifi Holdings Inc	1234a	
75	M32 Connect Inc	12348a	
77	Comscore B.V.	1789a	
78	Flashtalking	12347	
80	Sharethrough, Inc	12	7
82	Smaato, Inc.	123479	a
83	Visarity Technologies GmbH		8
84	Semasio GmbH	139a	
85	Crimtan Holdings Limited	134	2789a
87	Genius Sports UK Limited	12347b	
90	Teroa S.A.	1279	
92	1plusX AG	135	789
93	Adloox SA	1	7
94	Blis Global Limited	123479a	
95	Lotame Solutions, Inc	135789a	
97	LiveRamp	123456789a	
98	GroupM UK Limited	123456	789a
100	Fifty Technology Limited	12349a	
101	MiQ Digital Ltd	123479a	
102	Magnite, Inc. (Outstream)	1	27a
104	Sonobi, Inc	1234	78
108	Rich Audience Technologies SL	12789ab	
109	LoopMe Limited	123479a	
110	Dynata LLC	179	
111	Showheroes SE	1349a	278b
114	Sublime	123479a	
115	smartclip Europe GmbH	12347a	
122	Dentsu London Limited	1345a	278
124	Near Intelligence	12347	
126	DoubleVerify Inc.​		27a
130	NextRoll, Inc.	12345679a	
131	ID5 Technology Ltd	1	
132	Teads France SAS	13479a	2
133	digitalAudience B.V.	13579	
134	SMARTSTREAM.TV GmbH	134	279a
136	Ströer SSP GmbH (SSP)	14	279a
137	OS Data Solutions GmbH &amp; Co. KG	1345	279a
138	ConnectAd Demand GmbH	12347a	
139	Permodo GmbH	123479a	
140	Platform161 B.V.	12347a	
142	Media.net Advertising FZ-LLC	13456	2789ab
143	Connatix Native Exchange Inc.	12	
147	Adacado Technologies Inc. (DBA Adacado)	123456789a	
148	LiveIntent Inc.	27	
149	ADman Interactive SLU	123456789a	
150	Inskin Media LTD	1349a	27
151	MOOT TECHNOLOGY LTD	12347	
153	MADVERTISE MEDIA	1234789a	
154	YOC AG	134a	27
155	AntVoice	12347	
156	Basis Global Technologies, Inc.	134	27a
157	Seedtag Advertising S.L	1279a	
159	Underdog Media LLC	127	
160	Audience Solutions S.A.	123456789a	
161	SMADEX, S.L.U.	12347a	
163	Bombora Inc.	13	79a
164	Outbrain UK Ltd	123456789ab	
165	SpotX, Inc	1	278a
168	EASYmedia GmbH	123456789a	
173	Yieldmo, Inc.	123479a	
174	A Million Ads	267	
178	Hybrid Theory Global Ltd	1234789a	
184	MEDIARITHMICS SAS	13	
185	Bidtellect, Inc	234567b	
190	video intelligence AG	1234789a	
192	Remerge GmbH	1	2789ab
193	Mediasmart Mobile S.L.	23479a	
194	Rezonence Limited	12347a	
195	advanced store GmbH	134	27
196	AdElement Media Solutions Pvt Ltd	123479a	
199	ADUX	123479	
202	Magnite CTV, Inc.	1345	278a
203	Revcontent, LLC		2b
205	Adssets AB		789a
206	Hybrid Adtech GmbH	1234789a	
209	Delta Projects AB	1234	7a
210	Zemanta Inc.	123479a	
211	AdTheorent, Inc	123456789a	
212	usemax advertisement (Emego GmbH)	123456789a	
213	emetriq GmbH	1235789a	
215	ARMIS SAS	17	
216	Mindlytix SAS	1235789a	
217	2KDirect, Inc. (dba iPromote)	134	279a
224	adrule mobile GmbH	123456789ab	
226	Publicis Media GmbH	123456789a	
227	Opt Out Advertising B.V.	123479a	
228	M.D. Primis Technologies Ltd.	123456	78a
231	AcuityAds Inc.	134	278a
237	VGI CTV, Inc	123479a	
238	StackAdapt Inc.	13456	2789ab
239	Triton Digital Canada Inc.	14	2789a
241	OneTag Limited	123479a	
242	twiago GmbH	12347	
243	Cloud Technologies S.A.	123479a	
244	Ermes	123479a	
246	Smartology Limited	1348	27
248	Converge-Digital	1	2
249	Tri-table Sp. z o.o.	1247a	
251	Yieldlove GmbH	1	27a
252	Jaduda GmbH	134	279a
253	Improve Digital	1349	27a
254	LiquidM Technology GmbH	12347	
255	Onnetwork Sp. z o.o.	13456	278
256	Wunderkind Corporation	134	279a
259	ADYOULIKE SA	134	27
262	Fyber Monetization Ltd.	123457	
263	Nativo, Inc.	134	279a
264	Adobe Advertising Cloud	1234a	7
270	Marfeel Solutions, SL	1	
272	A.Mob	123479a	
274	Golden Bees	123479a	
275	TabMo SAS	123479a	
278	Integral Ad Science, Inc.		7a
279	Mirando GmbH &amp; Co KG		27
280	Open Web Technologies Ltd	134	27a
281	Wizaly	1789	
282	Welect GmbH	1	2
284	Weborama	13456a	2789b
285	Comcast International France SAS	124	7a
290	Readpeak Oy	12347a	
293	SpringServe, LLC	1	278ab
294	Jivox Corporation	12347	
297	Polar Mobile Group Inc.		278a
301	zeotap GmbH	134569a	
302	Mobile Professionals BV / Sage&amp;Archer BV	2	
304	On Device Research Limited	123	
312	Exactag GmbH	178	
314	Keymantics	123479a	
317	mainADV Srl	1234567	
318	Accorp Sp. z o.o.	123456789a	
321	Ziff Davis LLC	134569	278a
323	Footballco Media Limited	123456789a	
325	Knorex	123456789ab	
326	AdTiming Technology Company Limited	12347	
328	Gemius SA	1234789a	
329	Browsi	178	
331	ad6media	134789a	
333	InMobi Pte Ltd	123456789ab	
336	Telecoming S.A.		279
337	SheMedia, LLC	13456	2789a
343	DIGITEKA Technologies	1	2789a
345	The Kantar Group Limited	1789a	
347	Ezoic Inc.	1789a	
350	Samba TV, Inc.	123456789a	
351	Samba TV UK Limited	123456789a	
354	Apester Ltd	234	78a
358	MGID Inc.	123456789a	
361	Permutive Limited	2489	
368	VECTAURY	123479	
371	Seeding Alliance GmbH	13456	2789a
373	Nielsen Media Research Ltd.	13	a
374	Bmind a Sales Maker Company, S.L.	123456789ab	
375	RevX	23456789a	
377	AddApptr GmbH	12345689	7a
378	communicationAds GmbH &amp; Co. KG	1	27b
381	Solocal SA	1345679a	28
382	The Reach Group GmbH	123456789ab	
384	Pixalate, Inc.	a	
385	Oracle Advertising	1359a	
388	Numberly	123456789ab	
394	AudienceProject Aps	13456	2789a
397	Demandbase, Inc.	123456789ab	
402	Effiliation / Effinity	17	
410	Adtelligent Inc.	127	
412	Piano Software Inc.	123456789b	
413	Eulerian Technologies	123456789a	
415	Seenthis AB		
416	Commanders Act	12345679a	
422	Brand Metrics Sweden AB	178	
423	travel audience GmbH	123456789ab	
424	KUPONA GmbH	123479a	
427	Proxi.cloud sp. z o.o.	12345678	
430	AdServing Factory srl	7	
431	HUMAN		a
434	DynAdmic	12347	
435	SINGLESPOT SAS	13479	
436	INVIBES GROUP	134569	278a
438	INVIDI technologies AB	123479a	
440	DEFINE MEDIA GMBH	14	27a
444	EX.CO Technologies Ltd	123456789ab	
448	Targetspot Belgium SPRL	1279	
450	Blendee srl	123456789a	
452	Innovid LLC	14	27
454	Rico Developments Ltd	178a	
459	uppr GmbH	1	
461	B2B Media Group GmbH	123456789ab	
466	Papirfly AS		7
468	Neustar, Inc., a TransUnion company	13	789a
473	Sub2 Technologies Ltd	12347a	
475	TAPTAP Digital SL	123479	a
479	INFINIA MOBILE S.L.	23479	
486	Madington	7	
488	Opinary GmbH	123456789ab	
490	PLAYGROUND XYZ EMEA LTD	12347a	
491	SevenData S.p.a.	123456789a	
493	Magnite, Inc. (Carbon AI Limited)	123456789b	a
495	Arcspire Limited	279a	
496	Automattic Ads	12479a	
497	Little Big Data sp. z o.o.	139	
498	Mediakeys Platform	1234679a	
501	Alliance Gravity Data Media	123479	
506	Salesforce.com, Inc.	135789a	
507	AdsWizz Inc.	123456789a	
508	Lucid Holdings, LLC	1789	
509	One Tech Group GmbH	127	
511	Admixer EU GmbH	1234579	a
512	Verve Group Europe GmbH	12347a	
516	Pexi B.V.	123456789a	
517	SunMedia	12789ab	
521	netzeffekt GmbH	1	
530	Near Intelligence Pte. Ltd.	234789a	
531	Smartclip Hispania S.L.	12347	
535	INNITY	12456789a	
536	GlobalWebIndex	1789	
539	AdDefend GmbH	12347	
544	Kochava Inc.	7	
546	Smart Traffik	137	
549	Bandsintown Amplified LLC	1	
550	Happydemics	12	9a
554	Radio Marketing Service interactive GmbH	79a	
565	Adobe Audience Manager, Adobe Experience Platform	1a	
568	Next Media SRL	123456789a	
569	Kairos Fire	1789a	
570	Czech Publisher Exchange z.s.p.o.	139a	
571	ViewPay	1247a	
572	CHEQ AI TECHNOLOGIES		
573	Dailymotion SA	13456	2789ab
580	Goldbach Group AG	134	279a
581	Mobilewalla, Inc.	3456	2789a
584	Dynamic 1001 GmbH	17a	
587	Localsensor B.V.	12347a	
596	InsurAds Technologies SA.	1234569a	78
597	Adjust Digital A/S		
598	audio content &amp; control GmbH	1	279
601	WebAds B.V	12	
602	Online Solution	1234789a	
606	Impactify SARL	123456789a	
610	Azerion Holding B.V.	1248	79ab
612	Adnami Aps		7
613	Adserve.zone / Artworx AS	a	27
615	Adsolutions BV		
617	Onfocus (Adagio)	1278	
618	BEINTOO SPA	12349a	
620	Blue	123456789a	
621	Seznam.cz, a.s.	13456	2789ab
624	Norstat AS	19	
625	BILENDI SA	1789	
626	Hivestack Inc.	13479a	
628	: Tappx	1247a	
630	Contact Impact GmbH/Axel Springer Teaser Ad GmbH	134	27a
631	Relay42 Netherlands B.V.	123456789a	
639	Smile Wanted Group	123456789a	
644	Gamoshi Ltd	1234789a	
646	Notify	9	
647	Axel Springer Teaser Ad GmbH	134	27a
648	TrueData Solutions, Inc.	1356789ab	
652	Skaze	123456789a	
653	Smart Analytics SL	1789	
655	Sportradar AG	134a	279
656	Content Ignite	1349	27a
657	GP One GmbH	13	2
658	BLIINK SAS	1234789a	
659	Research and Analysis of Media in Sweden AB	1	789
662	SoundCast	127	
663	Mobsuccess	123479	
667	Liftoff Mobile, Inc.	134	27a
671	MEDIA FORCE COMMUNICATIONS (2007) LTD	13456789	2a
673	Turk Telekom	1349a	27
674	Duration Media, LLC.	7	
676	Businessclick Sp. z o.o.	123456789	a
677	Intercept Interactive Inc. dba Undertone	123456	78a
681	MyTraffic	19	
682	Radio Net Media Limited	1234	7
690	Go.pl sp. z o.o.	1234	
697	ADWAYS SAS	146	278b
702	Kwanko	1278	
703	MindTake Research GmbH	1234789a	
706	VRTCAL Markets Inc		2
707	Dentsu Italia SpA	123479a	
708	OneFootball GmbH	134569ab	278
709	NC Audience Exchange, LLC	123456b	789a
712	Synkd UK Ltd.	123456789ab	
713	Dataseat Ltd	247	
714	Upwave Inc.	1	789
715	BidBerry SRL	123456789a	
716	OnAudience Ltd	123479a	
717	Audience Network	123479a	
718	XChange by SFBX®	123456789ab	
719	Online Advertising Network Sp. z o.o.	123479a	
721	impact.com	1234567b	8
724	Between Exchange	1	7
725	Pubfinity LLC	123456789a	
726	YouGov	135789a	
727	Pinpoll GmbH	123456789a	
728	Appier PTE Ltd	13456b	279a
729	Cavai AS	23456789ab	
730	INFOnline GmbH	18	
732	Performax.cz, s.r.o.	123456789a	
733	Anzu Virtual Reality LTD	12349	7
734	Cint AB	1789	
737	Monet Engine Inc	127	
738	adbility media GmbH	1	
741	Brand Advance Ltd	2789b	
742	Audiencerate LTD	135	
744	Vidazoo Ltd	1234	7a
745	Justtag Sp. z o.o.	13479	
746	Adxperience SAS	234578	
747	Kairion GmbH	12789a	
748	AUDIOMOB LTD	12789	
749	Good-Loop Ltd	1	7a
750	THE NEWCO S.R.L.	123456789ab	
751	Kiosked Ltd		27
754	DistroScale, Inc.	1	28a
755	Google Advertising Products	134	279a
756	Fandom, Inc.	123456789a	
758	GfK SE	1789	
759	RevJet	123456789a	
762	Protected Media LTD		7a
766	Firstlead GmbH (ADCELL)	12	
767	Clinch Labs LTD	134a	279
768	Global Media Group Services Limited	123456789ab	
769	MEDIAMETRIE	18	
770	MARKETPERF CORP	1234789a	
771	bam! interactive marketing GmbH	137a	
772	Oracle Data Cloud - Moat		78a
773	Euvic 360e-com Sp. z o.o.	123479a	
774	Wagawin GmbH		27
775	SelectMedia International LTD	123478b	
776	Mars Media Group	2	
778	Discover-Tech ltd	2347	
779	Adtarget Teknoloji A.S.	127	
780	Aniview LTD	1234789ab	
781	FeedAd GmbH	1345689	27a
783	Audienzz AG	123456	
784	Nubo LTD	1	27
786	TargetVideo GmbH	8	
787	Hearts and Science München GmbH	17	
788	Ad Alliance GmbH	123456789a	
790	AdGear Technologies, Inc.	134	279a
791	Media Square	12	
794	Kubient Inc.	123456789a	
795	Factor Eleven GmbH	1247	
796	EASY Marketing GmbH	1278	
797	Artefact Deutschland GmbH	17	
798	Adverticum cPlc.	123489a	7
799	Adpone SL	12789ab	
800	Reppublika Data Analytics and Technologies GmbH	1234789a	
801	Bannernow, Inc.		27
803	Click Tech Limited	13456	2789a
804	LinkedIn Ireland Unlimited Company	134	279a
806	Aarki, Inc.	1234	7a
807	Moloco, Inc.	34	2789a
808	Pure Local Media GmbH	123479	
810	lead alliance GmbH	1	7
811	iPROM	123456789ab	
812	Nielsen International SA	1	79a
815	Blockthrough, Inc.	123479a	
816	NoBid, Inc.	2a	
819	retailAds GmbH &amp; Co. KG	1	27b
820	Kameleoon SAS	1345678a	
821	vitrado GmbH	17	
825	EDGE NPD Sp. z o.o.	13456	2789a
826	DNA-I.COM	78	
828	TX Group AG	1356	89a
831	United Internet Media GmbH	123456789ab	
832	Objective Partners BV	17	
833	Disqus	123456789a	
834	ADRENALEAD	123456789ab	
835	Quality Media Network GmbH	123479	
836	Bring! Labs AG	1	78a
838	Jetpack Digital LLC		278ab
839	PIXFUTURE MEDIA INC.	1	27a
842	PubWise, LLLP	1	
844	SPICY MOBILE Karczewski Zawadzki Spółka Jawna	12347	
845	GeoEdge		7
848	BSmartData GmbH	123479a	
849	Epom Ltd.	127	
850	Publisher First, Inc.	123456789a	
851	Strossle International AB	1	278ab
854	eMarketingSolutions, Online Marketing S.L.	278	
855	Adnuntius AS	134	27
856	Petal Ads	134	279a
857	SOMQUERY SOMTAG - (SevenOne Media)	134	2a
858	Mediavine, Inc.	123456789ab	
861	Triple13 Ltd	123456789a	
862	Truvid Inc.	1234568	7a
864	I.R.V. D.O.O.	123456789ab	
866	YieldLift LLC	127	
868	Converto AG	123456789	
869	Brave People Ltd.	123456789a	
871	Ingenious Technologies AG	17	
872	IVO Media Ltd		27
874	PRECISO SRL	12345678	
877	Experian LTD	135	
878	Natív Hirdetés Korlátolt Felelősségű Társaság	1	278
879	Appush Technologies	34	279a
881	Hillside (Sports) GP Limited	1278a	
882	NumberEight Technologies Ltd	135a	9
884	Listonic Sp. z o.o.	13456	2789ab
885	Dianomi PLC	1345689	27a
888	Gadsme	12479a	
889	Admo.tv (Clickon)	89	
890	Channel Pilot Solutions GmbH	17	
892	GeoProve Limited		
893	TimeOne Performance	179	
896	IPSOS MORI UK LTD	1	89
898	Mobkoi Ltd		2a
900	Advisible AB	123456789a	
901	STUDIO GONG GmbH &amp; Co. Studiobetriebs KG	123456789a	
902	adQuery	123456789a	
907	AWIN AG	1	7
909	MobileFuse LLC	179a	
911	Redbranch, Inc dba Fraudlogix		7
915	Opti Digital SAS	134	27a
918	SPORTORITY UK LTD	1256	789ab
919	Livewrapped AB	1	27a
920	Bertelsmann Data Service GmbH	123456789a	
922	Amnet GmbH	123479a	
924	Viewdeos 2015 LTD	7	
927	Silverbullet Data Services Group		78
929	eBay Inc	12347a	
930	IQM CORPORATION	12347	
931	Traffective GmbH	18	
934	Brid Video DOO	178	
935	INIS sp. zo.o.	1345678a	
936	DIGITAL SQUAD	12345	
937	SoD ScreenOnDemand GmbH	1234789a	
938	dataXtrade GmbH	1234789a	
940	Terminus Software Inc.		7
941	ADSOCY	123456789ab	
943	Marfeel Solutions, SL (Compass)	156789a	
944	AudienceRun corp	1234789a	
946	belboon GmbH	17	
950	Stream Eye OOD		
951	Spoods GmbH	27	
952	ProSiebenSat.1 Digital Data GmbH	1347a	
953	adbalancer Werbeagentur GmbH		
954	Caroda s.r.o.	127	
955	Konodrac S.L.	123456789ab	
956	Avantis Video Ltd	1278ab	
957	Evolution Technologies Inc.	123456789a	
958	Clipr	178a	
959	adWMG	12345ab	
962	Tangoo S.R.L.	1234567	
964	Solution coupons	24789a	
965	Nexx360	1	a
966	socoto gmbh &amp; co. kg	7	
967	glomex GmbH	13469	278ab
968	WEMASS MEDIA AUDIENCE SAFE SOLUTIONS, S.L.	1347a	
969	SmartFrame Technologies Ltd		278
970	Frameplay Corporation	14	2789a
972	Kargo Global Inc.	12347a	
973	Cluep LLC	2479a	
975	Playrcart Limited	8a	
976	Pelmorex Corp.	123479a	
978	ARKHEUS	12347	
982	Netpoint Media GmbH	12	
985	TV SQUARED LIMITED d/b/a InnovidXP	179	
987	Media16 ltd	17	
990	QuantumCast digital GmbH	23456789ab	
991	iProspect GmbH	12347	
993	QUARTER MEDIA GmbH	12378a	
994	Leadoo Marketing Technologies Ltd	34569	78a
995	Hashtag Labs Inc.	1247	
996	CMI Marketing, Inc. d/b/a CafeMedia	1345678a	2
997	EXOCLICK, S.L.	134	27
998	Luna Media Group LLC	12347	
999	ADSTOURS SAS	123456789a	
1001	wetter.com GmbH	13456	2789ab
1002	Extreme Reach, Inc	127a	
1003	Mobility-Ads GmbH	1	7
1005	Somplo Ltd		7a
1006	Onesoon Limited t/a Adalyser	1	7
1009	VLYBY Digital GmbH	127	
1014	Vyde Ltd.		78a
1015	Samsung Ads	134	279a
1016	FUNKE Digital GmbH	12345678a	
1017	giosg.com Oy	124678a	
1020	Baidu USA	123479a	
1021	Ringier Axel Springer Polska sp. z o.o.	123479a	
1022	AdView	12a	
1024	THE LINEA 1 MKT SL	123479a	
1025	Realytics	135	79
1026	crossvertise GmbH	247	
1027	Exit Bee Limited	123457a	
1028	Sparteo	13456	2789ab
1029	Dentsu A/S	123456789ab	
1031	Havas Media (Artemis Alliance S.L.U.)	23479	
1032	Project Agora Ltd	178	
1033	Adlane LTD	12	
1035	Allegro sp. z o.o.	123479a	
1036	VIADS ADVERTISING S.L.	13479	2a
1038	AA INTERNET-MEDIA Ltd	123456789a	
1040	UniCredit S.p.A.	134789a	
1041	Sqreem Technologies Private Limited		279
1043	TypeA Holdings Ltd	1	2a
1044	TMT Digital Inc		
1045	Resono B.V.	789a	
1046	Longtail Ad Solutions, Inc dba JW Player	123456789a	
1047	VIZNET	123456789ab	
1048	Questpass Sp. z o.o.	134	2789a
1049	OnProspects Ltd	1234789a	
1050	Hurra Communications GmbH	1247	
1051	Samoukale Enterprises Limited dba ADEX	1	78a
1055	Gamesight Inc	17	
1057	Ströer Digital Media GmbH	1	29a
1058	ArtChaos s.r.o.	234789a	
1059	Query Click Limited	789a	
1060	Next Millennium Media INC	12347	
1061	onlineumfragen.com GmbH	1789	
1064	optimise-it GmbH	1	8
1067	Arpeely Ltd.	134	278a
1068	Italiaonline S.p.A.	123456789a	
1069	BCOVERY SAS	134	278a
1070	Playhill Limited	1	2
1072	Adrino Mobile Sp. z o.o.	123456789ab	
1073	Always-Computing SAS	1	27
1075	dpa-infocom GmbH		89a
1076	Snigel Web Services Limited	123456789a	
1078	umlaut communication Gmbh	1	
1080	CITISERVI EUROPE, S.L.	123456789ab	
1081	C Wire AG	1	27a
1082	Watch Fantom Inc. AKA Qortex	129	78a
1083	Seven Technologies S.L.	2	
1085	Njuice AB	14	2789b
1087	CASTOOLA D.O.O.	13456789a	2
1089	Teavaro	123456789ab	
1090	Score Media Group GmbH &amp; Co. KG	123456789ab	
1091	Octave IP Limited	123479a	
1094	ADMAX	1	
1098	ACTV8, Inc.	23456789a	
1100	Relevant Digital Oy	1	
1101	PIA Advertising GmbH	123456789ab	
1103	Schober Information Group Deutschland GmbH	35a	
1104	Covatic Ltd	123489	
1105	Blue Media Services LTDA	123456789ab	
1106	Better Ads GmbH	12347a	
1107	FRVR Limited	134569	278a
1108	Unblockia SL	12789ab	
1110	KÖNIGSTEINER digital GmbH	12347a	
1111	152 Media LLC	7	
1112	Hubvisor	1	
1113	Offerista Group GmbH	1789a	
1116	Anonymised	123479a	
1119	Novatiq limited	3479	
1120	Bababam	123	789ab
1122	Arbeitsgemeinschaft Media-Analyse	19	
1124	TF1 PUBLICITE	123479	
1126	Microsoft Advertising	123479a	
1127	XAD spoteffects GmbH	1378a	
1129	Brandhouse/Subsero A/S		8
1130	WebMedia	123456789a	
1131	Playwire LLC	123479	a
1133	Nativery Srl	127a	
1134	Bidmatic Inc	127	
1135	Opera Software Ireland Limited	123456	78
1136	Infolinks Media, LLC	12347a	
1137	Verasity Limited	13456	2789a
1138	Viafoura Inc.	12345689ab	
1139	CleverPush GmbH	1568a	
1140	Convo Ink		278a
1141	Agate Systems Limited	19a	
1142	xpln.ai SAS		7a
1144	Unicredit BankAustria AG	1234789a	
1146	Claritas LLC	789a	
1147	MADINAD PC	123457	a
1148	ORANGE CLICK MEDIA &amp; COMMERCE LTD	1234567	
1149	AdInMo LTD		27a
1151	Boldwin LTD	9	27a
1153	Sonares GmbH	123456789a	
1154	Alphonso Inc.	123456789ab	
1155	Bootleg Digital LTD	79	
1156	ividence	12345	7
1157	Refine Direct Srl	17a	
1159	Live Data Solutions SL	35a	
1160	streaMonkey GmbH		
1161	freenet DLS GmbH	123456789a	
1162	Reset Digital Europe Ltd	13456	2789a
1163	ADTTRIBUTION Inc	123479a	
1165	Kueez Entertainment Ltd.	13456	2789ab
1168	Voxnest Inc	34	2789a
1169	Alkimi		78a
1170	Zeit Agency ApS		789a
1171	Frii ApS		78a
1172	Sitewit, Corp		
1174	Synamedia	12789a	
1175	LightBoxTV	7	
1176	AlgoriX Technology Pte. Ltd.,	1347	2a
1177	Holid AB	13456	2789ab
1178	First-id	12347	
1179	Scattered sp. z o.o.	27	
1181	BotTalk UG (haftungsbeschränkt)	18a	
1183	SSMas	123456789ab	
1184	Schwarz Media GmbH	123479a	
1185	Prisma Media	12345679a	
1187	AccountInsight Ltd		
1188	Loop Now Technologies Inc.	178a	
1189	ResponsiveAds, Inc.	7a	
1190	Foreshadow s.r.o	123456789a	
1191	Adsmovil España S.L	234	
1192	Engage Media TV LTD	1234	789a
1193	ArcSpan Technologies, Inc.	13456	27a
1195	Amplified IntelligenceTechnologies	79a	
1196	MEDIAWAYSS Sp. z o.o.	1234578	
1199	Adsyield Inc	1278a	
1200	ADTARGET.ME UAB	1345689a	27
1201	hyScore.io GmbH	278a	
1202	Edge226 Ltd	27a	
1203	Aderize, Inc.		27a
1204	fraud0 GmbH		
1205	Adasta Media S.r.l.	123456789a	
1207	Feeltapmedia Limited	1	2
1208	Viomba Oy		7
1209	Memob Plus FZ LLC	123479	
1210	ADNOW I RENODO MEDIA LTD	12	789a
1211	Momento, Inc.	1234	7a
1212	Ads Interactive Ltd.	12347a	
1213	esome advertising technologies gmbh	234	
1214	Kamino Retail	134	279a
1215	DrivenIQ Corporation	123456789a	
1216	Start.io Inc	134	27a
1217	Channel99, Inc.		7
1218	AIDEM Technologies LTD	127ab	
1219	Videobot Ltd		78
1220	RAyn B.V.	13579	
1221	Flyads OÜ	34789a	2
1222	Clickagy LLC	12347	
1223	Appstock LTD.		
1224	Exceed Solutions GmbH	123456789ab	
1225	Dando online LTD		
1226	Digital Brain Nordic AB	123456789ab	
1228	EMBRACE Systems GmbH		279ab
1229	Decentralised Advertising Limited	13456	2789ab
1230	Audion	13456	2789a
1232	Greenbids	78a	
1233	NEXTCHANCE ASSETS, S.L.	279a	
1234	Zuuvi ApS		
1235	R2B2 a.s.	127a	
1236	SPP Solutions Ltd.	1	27a
1237	Aryel s.r.l	89	
4176	Advertising.Tech FZ-LLC		`.split('\n');
