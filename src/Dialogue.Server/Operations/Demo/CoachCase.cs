using Dialogue.Activities.Commit;
using Dialogue.Activities.Decide;
using Dialogue.Activities.Organise;
using Dialogue.Cases;
using Dialogue.FollowUp;
using Dialogue.Templates;
using static Dialogue.Operations.DemoOrganisation;

namespace Dialogue.Operations.Demo;

/// <summary>Case B: a model that chooses who is offered a coach, and three people who see it otherwise.</summary>
internal sealed class CoachCase(DateOnly today) : DemoCase
{
    private static readonly ActionPerson Communication = new("Adviseur communicatie", "communicatie@dwb.voorbeeld");
    private static readonly ActionPerson InformationManager = new("Informatiemanager", "informatiemanager@dwb.voorbeeld");
    private static readonly ActionPerson PolicyOfficer = new("Beleidsmedewerker participatie", "beleid@dwb.voorbeeld");
    private static readonly ActionPerson Lawyer = new("Jurist en privacyfunctionaris", "privacy@dwb.voorbeeld");
    private static readonly ActionPerson Council = new("Riet van Loon (cliëntenraad)", "clientenraad@dwb.voorbeeld");

    public override RegisterQuestion Question =>
        new(
            "Wie krijgt de coach?",
            """
            Onze dienst heeft 40 coaches voor 18.000 nieuwe werkzoekenden per jaar. Een model, de Kompasscore, voorspelt hoe groot de kans is op werk binnen een jaar. De middelste 20 procent krijgt intensieve begeleiding aangeboden. De anderen krijgen brieven en een website.

            Het model kijkt naar leeftijd, sector, gewerkte uren, opleiding, postcodegebied, eerdere werkloosheid en hoe iemand online contact zoekt. Coaches mogen twee plekken per maand zelf kiezen, maar doen dat bijna niet. Werkzoekenden weten niet dat er een score is.

            Mogen wij iemand een kans onthouden omdat mensen die op hem lijken meestal niet slagen? De dienst, het model en de personen zijn verzonnen.
            """,
            "aiOverheid",
            "project"
        );

    public override DemoOrganisation.Person BroughtBy => DataScientist;
    public override string Template => "persoon-geen-groep";
    public override string Title => "Wie krijgt de coach?";

    public override Intake Intake =>
        new()
        {
            Sponsor = $"{Manager.Name}, manager Dienstverlening",
            StatusOfOutcome = OutcomeStatus.Advice,
            FollowUpOwner = Manager.Name,
            FollowUpOwnerEmail = Manager.Email,
            ReviewDate = today.AddDays(181),
            HierarchyPresent = true,
            Mandate = "Advies aan het bestuur: doorgaan, aanpassen of stoppen. Het bestuur antwoordt binnen twee weken, met redenen.",
            Affected =
            [
                new("Werkzoekenden die gekozen worden", Chair.Represented, "Twee leden van de cliëntenraad"),
                new(
                    "Werkzoekenden die niet gekozen worden",
                    Chair.Represented,
                    "Zij weten het zelf niet. De cliëntenraad spreekt ook voor hen"
                ),
                new("Coaches", Chair.Invited, null),
                new(
                    "Gemeenten, waar mensen zonder coach aankloppen",
                    Chair.Waived,
                    "Niet op tijd uitgenodigd; drie gemeenten spreken wij daarna"
                ),
                new("De belastingbetaler", Chair.Waived, "Niemand kan namens iedereen spreken; de manager let op de kosten"),
            ],
        };

    public override int DaysAgo => 148;

    public override IReadOnlyList<(string Key, Fact Fact)> Facts =>
        [
            ("F1", new("Het model heeft het bij ongeveer 7 van de 10 mensen goed.", Certainty.Known, "Eigen test van vorig jaar")),
            (
                "F2",
                new(
                    "Bij mensen boven de 55 heeft het model het vaker mis: bij ongeveer 4 van de 10. De testgroep was klein (212 mensen).",
                    Certainty.Known,
                    "Eigen test van vorig jaar"
                )
            ),
            ("F3", new("Of het model vaker fout zit bij mensen met een andere herkomst is nooit gemeten.", Certainty.Unknown)),
            ("F4", new("Coaches mogen twee plekken per maand buiten de score om geven.", Certainty.Known, "Werkinstructie plaatsen")),
            ("F5", new("Vorig jaar gebruikten zij 31 van die 960 plekken.", Certainty.Known, "Jaarcijfers Dienstverlening")),
            ("F6", new("Online contact zoeken hangt samen met de postcode.", Certainty.ToCheck, "Vermoeden van de datawetenschapper")),
            ("F7", new("Werkzoekenden horen niet dat er een score is.", Certainty.Known, "Brieven en portaal")),
        ];

    public override IReadOnlyList<Persona> Cards =>
        [
            new(
                "yusuf",
                "Yusuf, 44",
                "Werkte in een magazijn. Logt bijna nooit in. De score zegt: weinig kans.",
                "Zorgt voor zijn zieke partner en heeft overdag geen rust om te bellen."
            ),
            new(
                "marja",
                "Marja, 61",
                "Werkte in de administratie. Drie jaar thuis. De score zegt: bijna geen kans.",
                "Is heel actief: leert, belt en schrijft elke week brieven."
            ),
            new(
                "dex",
                "Dex, 24",
                "Geen diploma. Belt vaak. De score zegt: veel aandacht nodig.",
                "Belt zo vaak omdat hij brieven moeilijk kan lezen."
            ),
            new(
                "alina",
                "Alina, 36",
                "Geen opleiding bekend. De score zegt: weinig kans.",
                "Heeft een diploma uit een ander land. Niemand heeft ernaar gevraagd."
            ),
            new(
                "henk",
                "Henk, 57",
                "Acht jaar in dezelfde functie. Vlot op afspraken. De score zegt: redt het zelf.",
                "Heeft rugklachten die hij nooit heeft gemeld."
            ),
        ];

    public override async Task Play(DemoTable table)
    {
        await table.Sit("raad", "Riet van Loon, cliëntenraad", "burger");
        await table.Sit("raad2", "Lid cliëntenraad", "burger");
        await table.Sit("coach", "Coach Noord", "uitvoering");
        await table.Sit("coach2", "Coach Zuid", "uitvoering");
        await table.Sit("data", "Datawetenschapper", "data-ict");
        await table.Sit("jurist", "Jurist en privacyfunctionaris", "juridisch");
        await table.Sit("beleid", "Beleidsmedewerker participatie", "beleid");
        await table.Sit("contact", "Medewerker klantcontact", "klantcontact");
        await table.Sit("manager", "Manager Dienstverlening", "uitvoering", Role.DecisionMaker);

        await table.Start("welkom");
        await table.Start("model");

        await table.Start("kaart");
        await table.SayAs("yusuf", "Ik log bijna nooit in. Voor het model ben ik niet gemotiveerd.", "weet", "E3");
        await table.SayAs("yusuf", "Ik zorg voor mijn zieke partner. Overdag heb ik geen rust om te bellen.", "weet-niet", "K1");
        await table.SayAs("marja", "Ik ben 61, dus het model denkt dat het toch niet lukt. Ik krijg alleen brieven.", "weet", "E2");
        await table.SayAs("marja", "Ik leer, bel en schrijf elke week. Dat staat nergens.", "weet-niet", "K2");
        await table.SayAs("dex", "Ik bel vaak. Het model ziet dat als 'veel aandacht nodig'.", "weet", "K3");
        await table.SayAs("dex", "Ik bel omdat ik brieven moeilijk kan lezen.", "weet-niet", "K4");
        await table.SayAs("alina", "Bij 'opleiding' staat niets. Mijn diploma uit een ander land telt niet.", "weet-niet", "K5");
        await table.SayAs("henk", "Ik heb een goede score, maar ook een rug die het niet meer doet.", "weet-niet", "K6");
        await table.Say("coach", ItemKind.Effect, "Ik volg de lijst. Voor mijn eigen oordeel is bijna geen ruimte.", "weet-niet", "E4");
        await table.Say("raad", ItemKind.Effect, "Niemand kan zeggen: dit ben ik niet.", "weet-niet", "E5");
        await table.Say(
            "manager",
            ItemKind.Effect,
            "De hulp gaat naar wie er het meest aan heeft, en niet naar wie het hardst roept.",
            "weet",
            "E1"
        );

        await table.Start("groep-en-persoon");
        await table.Place("groep", "E2", "E3", "K3", "E1");
        await table.Place("persoon", "K1", "K2", "K4", "K5", "K6", "E5");

        await table.Start("twee-fouten");
        await table.Scale("wel-persoon", 2, 1, 2, 2, 2, 1, 2, 2, 2);
        await table.Scale("wel-anderen", 3, 4, 3, 3, 3, 3, 2, 3, 4);
        await table.Scale("niet-persoon", 5, 5, 5, 4, 4, 4, 5, 5, 4);
        await table.Scale("niet-anderen", 3, 4, 3, 3, 0, 2, 4, 3, 2);
        await table.Reveal();

        await table.Start("pauze");
        await table.Start("voorbij-de-regels");
        await table.WriteAnonymously(
            ItemKind.Argument,
            ("willen", "Alles klopt volgens de regels, en toch zou ik het niet aan mijn moeder kunnen uitleggen."),
            ("willen", "Alles klopt volgens de regels, en toch weet niemand die afviel dat hij afviel."),
            ("kan", "Alles klopt volgens de regels, en toch durf ik als coach niet van de lijst af te wijken."),
            ("mag", "De juridische toets is gedaan. Dat zegt dat het mag, niet dat het goed is."),
            ("willen", "Zonder score beslist wie je kent en wie het hardst roept. Dat is ook niet eerlijk."),
            ("kan", "Postcode en online gedrag staan voor dingen die wij niet willen gebruiken."),
            ("kan", "Wij hebben nooit gemeten wie er afvalt."),
            ("kan", "Een deel loten laat zien wat de score mist.")
        );
        await table.Reveal();

        await table.Start("waarden");
        await table.Value("E1", "effectiveness", ValueDirection.Served);
        await table.Value("E1", "equality", ValueDirection.Served);
        await table.Value("E2", "nonDiscrimination", ValueDirection.Strained);
        await table.Value("E3", "personhood", ValueDirection.Strained);
        await table.Value("E4", "professionalism", ValueDirection.Strained);
        await table.Value("E5", "hearing", ValueDirection.Strained);
        await table.Value("E5", "autonomy", ValueDirection.Strained);
        await table.Value(
            "Alles klopt volgens de regels, en toch weet niemand die afviel dat hij afviel.",
            "explainability",
            ValueDirection.Strained
        );
        await table.Value(
            "Zonder score beslist wie je kent en wie het hardst roept. Dat is ook niet eerlijk.",
            "fairness",
            ValueDirection.Served
        );
        await table.Tension("data", "effectiveness", "personhood", "Dezelfde regel voor iedereen helpt velen, en ziet de mens niet.");
        await table.Tension(
            "coach",
            "equality",
            "professionalism",
            "Wie van de lijst afwijkt, behandelt mensen ongelijk; wie dat nooit doet, kijkt niet meer."
        );

        await table.Start("ruimte");
        await table.Say("data", ItemKind.Option, "Postcode en online gedrag uit het model halen en opnieuw testen.", "medewerker", "O1");
        await table.Say(
            "coach",
            ItemKind.Option,
            "De score is een advies. De coach voert eerst een gesprek van tien minuten.",
            "medewerker",
            "O2"
        );
        await table.Say(
            "beleid",
            ItemKind.Option,
            "Een vijfde van de plekken verloten onder iedereen die wil. Proef van zes maanden.",
            "burger",
            "O3"
        );
        await table.Say(
            "raad2",
            ItemKind.Option,
            "Vertel mensen over de score en geef een knop 'dit klopt niet over mij'.",
            "burger",
            "O4"
        );
        await table.Say("jurist", ItemKind.Option, "Meet de fouten per groep, ook boven de 55, met hulp van buiten.", "medewerker", "O5");
        await table.Say("raad", ItemKind.Option, "Stop met de score totdat wij de fouten per groep kennen.", "burger", "O6");
        await table.Say("coach2", ItemKind.Lesson, "Geef de coach het eerste woord en het model het tweede.", "goede-praktijk", "L1");
        await table.Park("jurist", "Mogen wij gegevens over herkomst gebruiken om te meten of het model eerlijk is?");
        await table.Park("beleid", "Wat gebeurt er met de mensen die niet gekozen worden? Gemeenten weten dat.");

        await table.Start("besluit");
        await table.Stand(
            "manager",
            "doorgaan",
            "Zonder score beslissen contacten. Dat is erger.",
            "Als blijkt dat een groep structureel achterblijft"
        );
        await table.Stand(
            "data",
            "aanpassen",
            "Twee kenmerken horen er niet in. De rest is te verbeteren.",
            "Als de fouten boven de 55 zo groot blijven"
        );
        await table.Stand("coach", "aanpassen", "Als ik eerst mag praten, helpt de score mij.");
        await table.Stand("jurist", "aanpassen", "Het mag, met uitleg en met een meting.", "Als de meting niet binnen een half jaar komt");
        await table.Stand("beleid", "aanpassen", "Loten laat zien wat wij missen.");
        await table.Stand("contact", "aanpassen", "Mensen moeten weten dat er een score is.");
        await table.Stand(
            "raad",
            "stoppen",
            "Een score waarvan je niet weet of hij eerlijk is, mag niemand raken.",
            "Als de fouten per groep bekend en klein zijn"
        );
        await table.Stand("raad2", "stoppen", "Wie nu afvalt, krijgt die maanden niet terug.");
        await table.Stand("coach2", "stoppen", "Ik kan dit niet uitleggen aan wie tegenover mij zit.");
        await table.Reveal();
        await table.Propose("Doorgaan als proef van zes maanden, met vijf voorwaarden. Daarna kijken wij opnieuw.");
        await table.Object(
            "coach2",
            "Een gesprek van tien minuten lukt niet naast het gewone werk.",
            "Coaches krijgen er tijd voor: per week twee uur minder andere taken"
        );
        await table.Settle(
            ResultKind.Advice,
            "Ga door als proef van zes maanden, maar alleen onder de voorwaarden hieronder. De score is een advies en beslist niet.",
            "Zonder score beslissen contacten en wie het hardst roept. Met de score zoals die nu is, verliezen mensen die niet op "
                + "hun groep lijken. De voorwaarden nemen de ergste fouten weg en laten ons leren wat wij missen.",
            "1. Postcode en online gedrag eruit. 2. De coach spreekt eerst zelf met iemand en krijgt daar tijd voor. 3. Een vijfde "
                + "van de plekken door loting. 4. Mensen horen van de score en kunnen zeggen wat niet klopt. 5. Fouten per groep "
                + "meten, met hulp van buiten.",
            "O1",
            "O2",
            "O3",
            "O4",
            "O5"
        );
        await table.SeeOtherwise(
            "raad",
            HolderKind.Named,
            "Een score waarvan je niet weet of hij eerlijk is, mag mensen niet raken zolang je nog meet. Zet hem eerst stil. Dit "
                + "vinden drie van ons; alleen de cliëntenraad wil met naam worden genoemd.",
            "Zodra de fouten per groep bekend zijn"
        );
        await table.SeeOtherwise(
            "raad2",
            HolderKind.Unnamed,
            "Wie in deze proef ten onrechte afvalt, krijgt die maanden niet terug. Dat risico leggen wij nu bij mensen die van niets weten."
        );
        await table.SeeOtherwise("coach2", HolderKind.Unnamed, "Ik sluit mij aan. Wat ik niet kan uitleggen, wil ik niet uitvoeren.");

        await table.Start("afspraken");
        await table.Agree(Agreements, today, DaysAgo);
        await table.Risk(
            "Of het model eerlijk is voor mensen met een andere herkomst blijft voorlopig onbekend.",
            "Werkzoekenden met een andere herkomst",
            "Bestuurder Dienstverlening",
            "Klachten, en verschillen met de groep die door loting is gekozen"
        );
        await table.Review(today.AddDays(181));

        await table.Start("terugblik");
        await table.LookBack(
            ["safe", "heard", "sharper"],
            ([5, 5, 5], "Ik kijk maandag anders naar mijn lijst."),
            ([4, 4, 5], null),
            ([4, 5, 5], null),
            ([3, 4, 4], "Lastig met de manager erbij, maar het kon."),
            ([5, 5, 5], null),
            ([4, 4, 4], null),
            ([4, 5, 5], "De kaart van Marja blijft mij bij."),
            ([5, 4, 5], null)
        );
        await table.Reveal();
        await table.End();
    }

    public override IReadOnlyList<DemoAgreement> Agreements =>
        [
            new(
                "AC1",
                "Haal postcode en online gedrag uit het model en test opnieuw.",
                AgreementKind.Technology,
                ["O1", "E3"],
                ["nonDiscrimination"],
                Of(DataScientist),
                "Maak een versie zonder de twee kenmerken",
                0,
                14,
                "Testverslag met en zonder de twee kenmerken",
                Lawyer
            )
            {
                After =
                [
                    (Of(DataScientist), new ActionStep.Accept()),
                    (Of(DataScientist), new ActionStep.Start()),
                    (
                        Of(DataScientist),
                        new ActionStep.ReportDone([
                            new(EvidenceKind.SystemChange, "Kompasscore zonder postcode en online gedrag"),
                            new(EvidenceKind.Figure, "Van elke 10 mensen nog steeds 7 goed; minder verschil tussen wijken"),
                        ])
                    ),
                    (Lawyer, new ActionStep.Verify(Verdict.Agree, "Ik zag de code en het verslag.")),
                ],
            },
            new(
                "AC2",
                "Eerst een gesprek van tien minuten, dan pas de score. In de werkinstructie en in de training.",
                AgreementKind.Rule,
                ["O2", "E4"],
                ["professionalism", "hearing"],
                Of(CoachLead),
                "Bespreek met twee coaches hoe tien minuten past",
                0,
                21,
                "Werkinstructie, en hoeveel gesprekken er echt zijn gevoerd",
                Council,
                "Als een coach het gesprek overslaat, dan vraag ik wat er in de weg stond",
                "Deel van de plaatsingen met een gesprek vooraf"
            )
            {
                After =
                [
                    (Of(CoachLead), new ActionStep.Accept()),
                    (Of(CoachLead), new ActionStep.Start()),
                    (
                        Of(CoachLead),
                        new ActionStep.ReportDone(
                            [
                                new(EvidenceKind.Document, "Werkinstructie plaatsen, met het gesprek als eerste stap"),
                                new(EvidenceKind.Figure, "62 van de 100 gesprekken zijn echt gevoerd"),
                            ],
                            "De training is gegeven aan 34 van de 40 coaches."
                        )
                    ),
                    (Council, new ActionStep.Verify(Verdict.Agree, "Gezien. 62 van de 100 is een begin.")),
                    (
                        Of(Manager),
                        new ActionStep.JudgeEffect(
                            ActionEffect.Partly,
                            "Waar het gesprek er is, kiezen coaches vaker zelf. Bij vier op de tien is het er niet."
                        )
                    ),
                ],
            },
            new(
                "AC3",
                "Verloot een vijfde van de plekken onder iedereen die wil.",
                AgreementKind.Prevent,
                ["O3"],
                ["fairness"],
                Of(Manager),
                "Leg het voor aan de ondernemingsraad",
                3,
                35,
                "Besluit en de eerste loting",
                Lawyer
            )
            {
                After =
                [
                    (Of(Manager), new ActionStep.Accept()),
                    (
                        Of(Coordinator),
                        new ActionStep.Drop(
                            DropCategory.NotFeasible,
                            "Ondernemingsraad en juristen kunnen niet op tijd oordelen. De opdrachtgever is het ermee eens; de "
                                + "deelnemers lezen dit mee. De controlegroep blijft."
                        )
                    ),
                ],
            },
            new(
                "AC4",
                "Leg de score uit in brief en portaal, in gewone taal. Dit was al beloofd; wij spreken het opnieuw af.",
                AgreementKind.Communicate,
                ["O4", "E5"],
                ["explainability", "transparency"],
                Communication,
                "Laat acht mensen de brief lezen",
                -20,
                -9,
                "Brief en portaal, getest met acht lezers",
                Council,
                "Als iemand de brief niet begrijpt, dan herschrijf ik die zin dezelfde dag"
            )
            {
                After =
                [
                    (Communication, new ActionStep.Accept()),
                    (Communication, new ActionStep.Start()),
                    (Communication, new ActionStep.ReportProgress("Het portaal is klaar. De brief is later: die is nog bij de lezers.")),
                ],
            },
            new(
                "AC5",
                "Meet de fouten per groep, ook boven de 55, samen met het statistiekbureau.",
                AgreementKind.FindOut,
                ["O5", "F2"],
                ["nonDiscrimination", "learning"],
                Of(DataScientist),
                "Spreek af welke gegevens nodig zijn",
                1,
                40,
                "Verslag van het statistiekbureau",
                Of(Coordinator),
                Indicator: "Deel fout, per groep"
            )
            {
                After =
                [
                    (Of(DataScientist), new ActionStep.Accept()),
                    (Of(DataScientist), new ActionStep.Start()),
                    (
                        Of(DataScientist),
                        new ActionStep.ReportDone([
                            new(
                                EvidenceKind.Figure,
                                "Boven de 55 is 38 van de 100 fout; onder de 55 is dat 27",
                                "Verslag statistiekbureau"
                            ),
                        ])
                    ),
                    (Of(Coordinator), new ActionStep.Verify(Verdict.Agree)),
                    (
                        Of(Coordinator),
                        new ActionStep.JudgeEffect(
                            ActionEffect.Helped,
                            "Nu weten wij het: de minderheid had voor deze groep gelijk. Het komt op tafel in de terugkomdialoog."
                        )
                    ),
                ],
            },
            new(
                "AC6",
                "Zet de Kompasscore in het algoritmeregister.",
                AgreementKind.Communicate,
                ["F7"],
                ["transparency"],
                InformationManager,
                "Vul het formulier in",
                0,
                7,
                "De vermelding in het register",
                Of(Coordinator)
            )
            {
                After =
                [
                    (InformationManager, new ActionStep.Accept()),
                    (InformationManager, new ActionStep.Start()),
                    (
                        InformationManager,
                        new ActionStep.ReportDone([
                            new(
                                EvidenceKind.RegisterEntry,
                                "Kompasscore in het algoritmeregister",
                                "https://algoritmeregister.voorbeeld/kompasscore"
                            ),
                        ])
                    ),
                    (Of(Coordinator), new ActionStep.Verify(Verdict.Agree)),
                ],
            },
            new(
                "AC7",
                "Geef 5 procent extra plekken door loting, als controlegroep.",
                AgreementKind.FindOut,
                ["Een deel loten laat zien wat de score mist."],
                ["fairness", "learning"],
                Of(Manager),
                "Vraag geld voor de extra plekken",
                12,
                75,
                "Uitkomst na zes maanden, naast die van de score"
            )
            {
                After = [(Of(Manager), new ActionStep.Accept("Vraag geld voor de extra plekken in het volgende overleg"))],
            },
            new(
                "AC8",
                "Praat met drie gemeenten over mensen die geen coach krijgen.",
                AgreementKind.FindOut,
                ["E2"],
                ["responsibility"],
                PolicyOfficer,
                "Bel de drie gemeenten",
                0,
                14,
                "Verslag van drie gesprekken",
                Of(Coordinator)
            )
            {
                After =
                [
                    (PolicyOfficer, new ActionStep.Accept()),
                    (PolicyOfficer, new ActionStep.Start()),
                    (
                        PolicyOfficer,
                        new ActionStep.ReportDone([
                            new(EvidenceKind.PartnerStatement, "Drie gemeenten zien meer mensen aan het loket; één houdt het bij"),
                        ])
                    ),
                ],
            },
            new(
                "AC9",
                "Stuur een aparte brief aan wie vorig jaar niet gekozen is.",
                AgreementKind.Communicate,
                ["Alles klopt volgens de regels, en toch weet niemand die afviel dat hij afviel."],
                ["explainability"],
                Communication,
                "Schrijf een eerste versie",
                5,
                30,
                "De verstuurde brief",
                Council
            )
            {
                After =
                [
                    (
                        Of(Coordinator),
                        new ActionStep.Supersede(
                            Guid.Empty,
                            "Eén brief voor iedereen is duidelijker; dit hoort nu bij de uitleg in brief en portaal"
                        )
                    ),
                ],
                Successor = "AC4",
            },
        ];
}

/// <summary>Case B again: the door is open and nobody is in yet, so that whoever looks round can take a seat at once.</summary>
internal static class CoachReview
{
    public const string Template = "terugkomdialoog";
    public const string Title = "Terug naar: Wie krijgt de coach?";

    /// <summary>The facts of then, with what is known of them by now.</summary>
    public static IReadOnlyList<Fact> Facts { get; } =
    [
        new(
            "Het model heeft het bij ongeveer 7 van de 10 mensen goed, ook zonder postcode en online gedrag.",
            Certainty.Known,
            "Testverslag van de datawetenschapper"
        ),
        new(
            "Boven de 55 is 38 van de 100 voorspellingen fout; onder de 55 is dat 27 van de 100.",
            Certainty.Known,
            "Verslag statistiekbureau"
        ),
        new("Of het model vaker fout zit bij mensen met een andere herkomst is nog steeds niet gemeten.", Certainty.Unknown),
        new("Coaches mogen twee plekken per maand buiten de score om geven.", Certainty.Known, "Werkinstructie plaatsen"),
        new("Van elke 100 plaatsingen ging er bij 62 een gesprek aan vooraf.", Certainty.Known, "Telling van de coaches"),
        new(
            "Online contact zoeken hangt samen met de postcode. Dat vermoeden klopte.",
            Certainty.Known,
            "Testverslag van de datawetenschapper"
        ),
        new("In het portaal staat dat er een score is; de brief is er nog niet.", Certainty.Known, "Adviseur communicatie"),
        new(
            "Coaches kiezen vaker zelf sinds het gesprek er is. Twee van de tien coaches zien geen verschil.",
            Certainty.Disputed,
            "Overleg van de coaches"
        ),
        new("Gemeenten zien meer mensen aan het loket door de score.", Certainty.ToCheck, "Gesprekken met drie gemeenten"),
    ];

    public static Intake Intake(DateOnly today) =>
        new()
        {
            Sponsor = $"{Manager.Name}, manager Dienstverlening",
            StatusOfOutcome = OutcomeStatus.Advice,
            FollowUpOwner = Manager.Name,
            FollowUpOwnerEmail = Manager.Email,
            ReviewDate = today.AddDays(120),
            HierarchyPresent = true,
            Mandate = "Vervroegd: het model is veranderd en de fouten boven de 55 zijn bekend. Geldt ons advies nog?",
            Affected =
            [
                new("Werkzoekenden", Chair.Represented, "Twee leden van de cliëntenraad"),
                new("Coaches", Chair.Invited, null),
                new("Gemeenten", Chair.Invited, null),
            ],
        };
}

/// <summary>A question that waits for a dialogue.</summary>
internal static class LooseQuestion
{
    public static readonly RegisterQuestion Ask = new(
        "Mag de chatbot zeggen dat het goed komt?",
        """
        Onze chatbot beantwoordt 's avonds vragen van werkzoekenden. Hij is vriendelijk gemaakt: 'Maakt u zich geen zorgen, dit komt goed.' Een coach hoorde van twee mensen dat zij daarna niets meer deden, en hun termijn misten.

        Troosten is goed. Maar de chatbot weet niet of het goed komt, en niemand leest de gesprekken terug. Wat mag een machine beloven namens ons?
        """,
        "aiOverheid",
        "signal"
    );
}
