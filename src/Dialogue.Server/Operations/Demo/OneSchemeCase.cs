using Dialogue.Activities.Commit;
using Dialogue.Activities.Organise;
using Dialogue.Cases;
using Dialogue.FollowUp;
using static Dialogue.Operations.DemoOrganisation;

namespace Dialogue.Operations.Demo;

/// <summary>Case C: one payment plan for five creditors, and what one has to know of somebody to help well.</summary>
internal sealed class OneSchemeCase(DateOnly today) : DemoCase
{
    private static readonly ActionPerson PrivacyOfficer = new("Privacyfunctionaris RID", "privacy@rid.voorbeeld");
    private static readonly ActionPerson RidCommunication = new("Communicatie RID", "communicatie@rid.voorbeeld");
    private static readonly ActionPerson RidLanguage = new("Redactie RID", "redactie@rid.voorbeeld");
    private static readonly ActionPerson Bridge = new("Stichting De Brug", "proef@debrug.voorbeeld");
    private static readonly ActionPerson DataLid = new("Data-analist LID", "data@lid.voorbeeld");
    private static readonly ActionPerson TrainerSfn = new("Opleidingen SFN", "opleidingen@sfn.voorbeeld");
    private static readonly ActionPerson Expert = new("Ervaringsdeskundige", "ervaring@debrug.voorbeeld");

    public override RegisterQuestion Question =>
        new(
            "Eén regeling, vijf schuldeisers",
            """
            De Rijksincassodienst (RID) wil één betalingsregeling aanbieden aan mensen met schulden bij meer overheden: één contact en één bedrag dat past. Daarvoor moet RID schulden en inkomen bij elkaar brengen. LID, SFN, ZPK, gemeente Zilverdam en stichting De Brug doen mee. Onze dienst leidt het gesprek, want voor mensen met schulden stopt ook de weg naar werk.

            De wens: rust en overzicht. De zorg: één groot profiel van mensen met schulden, en de langzaamste organisatie bepaalt het tempo.

            Mogen wij alles van iemands schulden weten om één keer goed te kunnen helpen? Alle organisaties en cijfers zijn verzonnen.
            """,
            "both",
            "project"
        );

    public override DemoOrganisation.Person BroughtBy => Manager;
    public override string Template => "begeleidingsethiek-kort";
    public override string Title => "Eén regeling, vijf schuldeisers";

    public override Intake Intake =>
        new()
        {
            Sponsor = "Ketenmanager RID",
            StatusOfOutcome = OutcomeStatus.Explore,
            FollowUpOwner = Coordinator.Name,
            FollowUpOwnerEmail = Coordinator.Email,
            ReviewDate = today.AddDays(183),
            HierarchyPresent = false,
            Mandate = "Verkennen, met een gezamenlijk voorstel als dat lukt. Iedere organisatie beslist daarna zelf.",
            Affected =
            [
                new("Mensen met schulden bij meer overheden", Chair.Represented, "De Brug en een ervaringsdeskundige"),
                new("Partners en kinderen", Chair.Waived, "Komen aan bod via De Brug; een eigen gesprek volgt na de proef"),
                new("Medewerkers incasso", Chair.Invited, null),
                new(
                    "Andere schuldeisers, zoals een verhuurder",
                    Chair.Waived,
                    "Zij komen in deze regeling als laatste aan de beurt; RID vraagt hun mening later"
                ),
            ],
        };

    public override int DaysAgo => 71;

    public override async Task Play(DemoTable table)
    {
        await table.Sit("rid", "Ketenmanager RID", "keten");
        await table.Sit("incasso", "Medewerker incasso RID", "uitvoering");
        await table.Sit("privacy", "Privacyfunctionaris RID", "juridisch");
        await table.Sit("lid", "Proceseigenaar LID", "uitvoering");
        await table.Sit("lid2", "Data-analist LID", "data-ict");
        await table.Sit("sfn", "Specialist SFN", "keten");
        await table.Sit("zpk", "Specialist ZPK", "keten");
        await table.Sit("zpk2", "Fraudeanalist ZPK", "toezicht");
        await table.Sit("zilverdam", "Loket Zilverdam", "klantcontact");
        await table.Sit("schuldhulp", "Schuldhulp Zilverdam", "uitvoering");
        await table.Sit("brug", "Begeleider De Brug", "burger");
        await table.Sit("ervaring", "Ervaringsdeskundige", "burger");
        await table.Sit("coach", "Coach DWB", "uitvoering");
        await table.Sit("beleid", "Beleidsmedewerker MBZ", "beleid", Role.Observer);

        await table.Start("kennismaken");
        await table.Start("casus");
        await table.Fact(
            Certainty.Disputed,
            "Ongeveer 64.000 mensen hebben schulden bij drie of meer van de vijf. ZPK telt er 41.000.",
            "F1"
        );
        await table.Fact(Certainty.Known, "Elke organisatie heeft eigen regels voor kwijtschelden.", "F2");
        await table.Fact(
            Certainty.Known,
            "Er is nog geen wet die toestaat om alle soorten inkomen met RID te delen. Alle juristen zijn het daarover eens.",
            "F3"
        );
        await table.Fact(Certainty.ToCheck, "Mensen betalen nu gemiddeld 2,8 regelingen tegelijk.", "F4");
        await table.Fact(Certainty.Known, "LID houdt schulden meteen in op de uitkering.", "F5");

        await table.Start("betrokkenen");
        await table.Say("brug", ItemKind.Stakeholder, "Mensen met schulden, ook wie geen brief meer openmaakt");
        await table.Say("ervaring", ItemKind.Stakeholder, "Partners en kinderen");
        await table.Say("incasso", ItemKind.Stakeholder, "Medewerkers incasso");
        await table.Say("rid", ItemKind.Stakeholder, "De vijf organisaties");
        await table.Say("zilverdam", ItemKind.Stakeholder, "Andere schuldeisers, die als laatste komen");

        await table.Start("effecten");
        await table.Say("ervaring", ItemKind.Effect, "Eén bedrag dat past. Minder stress, ook voor de kinderen.", "gewenst", "E1");
        await table.Say("privacy", ItemKind.Effect, "Alle organisaties weten van elkaars schulden.", "ongewenst", "E2");
        await table.Say("schuldhulp", ItemKind.Effect, "Als één organisatie toch inhoudt, valt de regeling om.", "ongewenst", "E3");
        await table.Say("incasso", ItemKind.Effect, "Minder dubbel werk voor ons.", "gewenst", "E4");
        await table.Say("brug", ItemKind.Effect, "Wie niet handig is met een computer, valt af.", "ongewenst", "E5");
        await table.Say("sfn", ItemKind.Effect, "De strengste regel wordt de norm voor iedereen.", "ongewenst", "E6");
        await table.Reveal();

        await table.Start("pauze");
        await table.Start("waarden");
        await table.Value("E1", "feasibilityCitizen", ValueDirection.Served);
        await table.Value("E2", "privacy", ValueDirection.Strained);
        await table.Value("E3", "responsibility", ValueDirection.Strained);
        await table.Value("E4", "cooperation", ValueDirection.Served);
        await table.Value("E5", "accessibility", ValueDirection.Strained);
        await table.Value("E6", "proportionality", ValueDirection.Strained);
        await table.Tension("brug", "feasibilityCitizen", "privacy", "Eén overzicht helpt, en is ook één profiel.");

        await table.Start("belangrijkste");
        await table.Dots(("E1", 9), ("E3", 8), ("E2", 7), ("E4", 6), ("E5", 5), ("E6", 4));
        await table.Reveal();

        await table.Start("opties");
        await table.Say("privacy", ItemKind.Option, "De persoon begint zelf. Zonder verzoek komt er niets bij elkaar.", "techniek", "O1");
        await table.Say(
            "lid2",
            ItemKind.Option,
            "Gegevens leven alleen in de regeling. Na afloop blijft er niets bewaard.",
            "techniek",
            "O2"
        );
        await table.Say("schuldhulp", ItemKind.Option, "Alle vijf stoppen met inhouden zolang de regeling loopt.", "omgeving", "O3");
        await table.Say(
            "brug",
            ItemKind.Option,
            "Eén ondergrens voor wat iemand overhoudt om van te leven, bij alle vijf dezelfde.",
            "omgeving",
            "O4"
        );
        await table.Say("ervaring", ItemKind.Option, "Eén vaste persoon per regeling, met een naam.", "mensen", "O5");
        await table.Say("zilverdam", ItemKind.Option, "Ook per telefoon en aan het loket van de gemeente.", "mensen", "O6");
        await table.Park(
            "lid",
            "LID heeft bezwaar tegen stoppen met inhouden: de wet verplicht ons ertoe. Wij bewegen als het ministerie op papier "
                + "ruimte geeft."
        );
        await table.Park("brug", "Wie gaat over één ondergrens voor iedereen? Alle vijf zeggen: niet wij.");

        await table.Start("kansrijk");
        await table.Dots(("O5", 10), ("O1", 9), ("O6", 7), ("O3", 6), ("O2", 5), ("O4", 2));
        await table.Reveal();

        await table.Start("afspraken");
        await table.Agree(Agreements, today, DaysAgo);
        await table.Risk(
            "Wie er niet om vraagt, krijgt geen hulp.",
            "Mensen die niet vragen",
            "Ketenmanager RID, voor de duur van de proef",
            "Hoeveel mensen vragen erom, van de 64.000 (of 41.000)"
        );
        await table.Review(today.AddDays(183));

        await table.Start("terugblik");
        await table.LookBack(
            ["safe", "heard", "insight"],
            ([4, 5, 4], "Dat er aan de andere kant iemand zit."),
            ([4, 4, 4], null),
            ([5, 4, 3], null),
            ([3, 3, 4], "Ik was alleen met mijn bezwaar. Dat mocht, dat was goed."),
            ([4, 4, 4], null),
            ([4, 4, 5], null),
            ([5, 5, 5], null),
            ([4, 4, 4], null),
            ([4, 5, 5], "Eén naam op de brief."),
            ([5, 5, 4], null)
        );
        await table.Reveal();
        await table.End();
    }

    public override IReadOnlyList<DemoAgreement> Agreements =>
        [
            new(
                "AC1",
                "Maak samen één privacytoets (DPIA) voor de regeling.",
                AgreementKind.Rule,
                ["O1", "O2"],
                ["privacy"],
                PrivacyOfficer,
                "Stuur een eerste versie rond",
                5,
                60,
                "DPIA, gezien door de functionarissen van alle vijf",
                Of(Coordinator)
            )
            {
                After =
                [
                    (PrivacyOfficer, new ActionStep.Accept()),
                    (PrivacyOfficer, new ActionStep.Start()),
                    (
                        PrivacyOfficer,
                        new ActionStep.Block("Wij moeten weten of er na afloop iets bewaard blijft.", "ZPK, over gegevens na afloop")
                    ),
                ],
            },
            new(
                "AC2",
                "Oefen de regeling met 12 mensen die schulden hebben.",
                AgreementKind.FindOut,
                ["O6", "E5"],
                ["accessibility", "participation"],
                Bridge,
                "Vraag acht mensen of zij mee willen doen",
                14,
                70,
                "Wat ging goed, waar haakten mensen af"
            )
            {
                After = [(Bridge, new ActionStep.Accept(IfThen: "Als iemand afzegt, dan bel ik de volgende van de lijst"))],
            },
            new(
                "AC3",
                "Schrijf de brief over de regeling in gewone taal.",
                AgreementKind.Communicate,
                ["E5"],
                ["accessibility"],
                RidCommunication,
                "Laat acht mensen de brief lezen",
                0,
                15,
                "Brief, getest met acht lezers",
                Bridge
            )
            {
                After =
                [
                    (RidCommunication, new ActionStep.Accept()),
                    (RidCommunication, new ActionStep.Start()),
                    (
                        RidCommunication,
                        new ActionStep.ReportDone([
                            new(EvidenceKind.Document, "Brief, derde versie"),
                            new(EvidenceKind.VoiceOfCitizen, "8 mensen lazen hem, 7 begrepen wat zij moesten doen"),
                        ])
                    ),
                    (Bridge, new ActionStep.Verify(Verdict.Agree, "Wij waren erbij.")),
                ],
            },
            new(
                "AC4",
                "Tel opnieuw om hoeveel mensen het gaat, bij LID en ZPK op dezelfde manier.",
                AgreementKind.FindOut,
                ["F1"],
                ["dataQuality"],
                DataLid,
                "Schrijf samen op wie wij meetellen",
                0,
                20,
                "Eén getal, met één omschrijving",
                Of(DataScientist)
            )
            {
                After =
                [
                    (DataLid, new ActionStep.Accept()),
                    (DataLid, new ActionStep.Start()),
                    (DataLid, new ActionStep.ReportDone([new(EvidenceKind.Figure, "52.300 mensen, volgens LID en ZPK samen")])),
                    (Of(DataScientist), new ActionStep.Verify(Verdict.Partly, "Het getal is er, maar ZPK telt gezinnen en LID personen.")),
                ],
            },
            new(
                "AC5",
                "Vertel de ervaringsdeskundige wat er met haar inbreng is gedaan.",
                AgreementKind.ReportBack,
                ["E1"],
                ["respect"],
                Of(Facilitator),
                "Bel haar",
                0,
                8,
                "Zij zegt dat zij het weet",
                Expert
            )
            {
                After =
                [
                    (Of(Facilitator), new ActionStep.Accept()),
                    (Of(Facilitator), new ActionStep.ReportDone([new(EvidenceKind.Statement, "Gebeld. Zij leest de brief met ons mee.")])),
                    (Expert, new ActionStep.Verify(Verdict.Agree, "Klopt.")),
                    (Of(Coordinator), new ActionStep.JudgeEffect(ActionEffect.Helped, "Zij doet mee aan de proef en nam iemand mee")),
                    (Of(Coordinator), new ActionStep.Close()),
                ],
            },
            new(
                "AC6",
                "Maak een lijstje voor telefoon en loket: wat vraag je, wat bied je aan?",
                AgreementKind.Behaviour,
                ["O6"],
                ["humanContact"],
                new("Nog te vinden bij Zilverdam"),
                "Vraag het teamoverleg wie dit wil doen",
                7,
                45,
                "Het lijstje, in gebruik aan het loket",
                Confirmed: false
            ),
            new(
                "AC7",
                "Leid de vaste personen op die een regeling begeleiden.",
                AgreementKind.Behaviour,
                ["O5"],
                ["humanContact", "professionalism"],
                TrainerSfn,
                "Kies een datum met LID",
                14,
                60,
                "Alle vaste personen hebben de training gedaan",
                Bridge,
                "Als er geen plek is, dan sluit ik aan bij de training van LID"
            )
            {
                After = [(TrainerSfn, new ActionStep.Accept())],
            },
            new(
                "AC8",
                "Maak een woordenlijst: moeilijke woorden over schuld, in gewone taal.",
                AgreementKind.Communicate,
                ["E5"],
                ["accessibility"],
                RidLanguage,
                "Verzamel de twintig moeilijkste woorden",
                3,
                40,
                "Woordenlijst, getest met vijf lezers",
                Of(CoachLead)
            )
            {
                After =
                [
                    (RidLanguage, new ActionStep.Accept()),
                    (RidLanguage, new ActionStep.HandOver(Bridge, "De Brug kent de woorden die mensen zelf gebruiken")),
                    (Bridge, new ActionStep.Accept("Verzamel met vijf mensen de twintig moeilijkste woorden")),
                ],
            },
        ];
}
